using Relief.Flow.Activities;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Access;

/// <summary>What somebody may see, as conditions on the engine's rows.</summary>
internal static class VisibleSql
{
    // With what an instance started it is one work: whoever started its origin sees it.
    private const string Begun =
        """
        exists (with recursive origin(parent_id, started_by) as (
          select i.parent_id, i.started_by union all select above.parent_id, above.started_by from instance above join origin on above.id = origin.parent_id)
          select 1 from origin where started_by = {0})
        """;

    /// <summary>Instances that they started, in which they or their unit had a task, or that concern a person of their areas.</summary>
    public static VisibleWhere Instances(RecordVisibility view)
    {
        var values = new Places();
        List<string> grounds = [Begun.Replace("{0}", values.Of(view.By), StringComparison.Ordinal)];
        if (view.Areas.Length > 0)
            grounds.Add($"exists (select 1 from @relief.person p where p.id = substr(i.subject_id, 8) and i.subject_id like 'person:%' and p.area_code in ({values.Of(view.Areas)}))");
        grounds.Add($"exists (select 1 from task k where k.instance_id = i.id and ({Theirs("k.", view, values)}))");
        return new VisibleWhere(string.Join(" or ", grounds), values.Values);
    }

    /// <summary>Tasks of their units and posts, those they took or did or were let read or asked to sign, and those of the work that they started.</summary>
    public static VisibleWhere Tasks(RecordVisibility view)
    {
        var values = new Places();
        var roles = view.Roles.Length == 0 ? "" : $" or task.role in ({values.Of(view.Roles)})";
        var begun = Begun.Replace("{0}", values.Of(view.By), StringComparison.Ordinal);
        return new VisibleWhere(
            $"{Theirs("task.", view, values)} or exists (select 1 from task_note n where n.to_whom = {values.Of(view.By)} and n.task_id = task.id and n.verb = 'Copy') or exists (select 1 from task_signer s where s.staff = {values.Of(view.By)} and s.task_id = task.id) or task.unit is null and (task.role is null{roles}) or exists (select 1 from instance i where i.id = task.instance_id and {begun})", values.Values);
    }

    private static string Theirs(string row, RecordVisibility view, Places values)
    {
        string[] units = [.. view.Areas, .. view.Bodies];
        var theirs = $"{row}assignee = {values.Of(view.By)} or {row}completed_by = {values.Of(view.By)}";
        return units.Length == 0 ? theirs : $"{theirs} or {row}unit in ({values.Of(units)})";
    }

    /// <summary>Values with the places that stand for them.</summary>
    private sealed class Places
    {
        public List<object> Values { get; } = [];

        public string Of(params string[] values) => string.Join(", ", values.Select(value =>
        {
            Values.Add(value);
            return FormattableString.Invariant($"{{{Values.Count - 1}}}");
        }));
    }
}
