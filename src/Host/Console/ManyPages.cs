using Relief.Flow.Host.Tasks;

namespace Relief.Flow.Host.Console;

/// <summary>批量办理 in the inbox: the chosen tasks on one page with what each is about, one form for all, and then what became of each.</summary>
internal static class ManyPages
{
    public static void MapManyPages(this RouteGroupBuilder many)
    {
        many.MapGet("/", (InboxDesk desk, TaskViews views, ManyDesk decides, HttpContext context) => Show(desk, views, decides, context, [.. context.Request.Query["task"].Select(Id)]));
        many.MapPost("/", Complete);
    }

    private static async Task<IResult> Show(InboxDesk desk, TaskViews views, ManyDesk decides, HttpContext context, Guid[] ids)
    {
        var (visitor, stop) = (Doorway.VisitorOf(context), context.RequestAborted);
        List<ChosenTask> chosen = [];
        foreach (var id in ids.Distinct().Take(ManyDesk.Most))
        {
            if (await views.Of(id, visitor, stop) is { IsMine: true } view)
                chosen.Add(new ChosenTask(view, await decides.IsDecidedAlone(view.Summary, stop)));
        }

        return Doorway.Page<ManyPage>(context, new ManyModel(chosen, []));
    }

    private static async Task<IResult> Complete(InboxDesk desk, TaskViews views, ManyDesk decides, HttpContext context)
    {
        var (visitor, stop) = (Doorway.VisitorOf(context), context.RequestAborted);
        var form = await context.Request.ReadFormAsync(stop);
        Guid[] ids = [.. form["task"].Select(Id)];
        var like = ids.Length > 0 ? await desk.Tasks.Find(ids[0], stop) : null;
        var typed = FilledFields.Typed(form);
        var owner = await desk.Owner(visitor, stop);
        var asked = new CompleteMany(ids, form["outcome"], FilledFields.Data(like?.Form ?? [], typed));
        var (decided, _) = await decides.Complete(asked, visitor.By, owner.Judged, stop);
        if (decided is null)
            return await Show(desk, views, decides, context, ids);

        List<ChosenTask> chosen = [];
        foreach (var id in ids)
        {
            if (await views.Of(id, visitor, stop) is { } view)
                chosen.Add(new ChosenTask(view, false));
        }

        return Doorway.Page<ManyPage>(context, new ManyModel(chosen, decided));
    }

    private static Guid Id(string? text) => Guid.TryParse(text, out var id) ? id : Guid.Empty;
}

/// <param name="IsAlone">Whether it is only decided by itself.</param>
public sealed record ChosenTask(TaskView View, bool IsAlone);

/// <param name="Decided">What became of each; empty before it is decided.</param>
public sealed record ManyModel(IReadOnlyList<ChosenTask> Chosen, IReadOnlyList<DecidedTask> Decided)
{
    public IEnumerable<ChosenTask> Together => Chosen.Where(one => !one.IsAlone);

    /// <summary>Whether one form does for all of them.</summary>
    public bool IsOneKind => Together.Select(one => one.View.Summary.Kind).Distinct().Count() == 1;
}
