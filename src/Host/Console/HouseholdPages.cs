using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Filing;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Console;

/// <summary>The households (户) of whoever looks: their folders, and of one who lives there, who answers for the children, and the cases. Who only looks on reads no names.</summary>
internal static class HouseholdPages
{
    private const int PerPage = 50;

    public static void MapHouseholdPages(this RouteGroupBuilder households)
    {
        households.MapGet("/", List);
        households.MapGet("/{id}", One);
    }

    private static async Task<IResult> List(ReliefRecords records, HttpContext context, string? village, string? after)
    {
        await using var db = records.Reading();
        var asked = string.IsNullOrEmpty(village) ? null : village;
        var lines = await new HouseholdQueries(db).From(asked, after ?? "", PerPage + 1, context.RequestAborted);
        var shown = lines.Take(PerPage).Select(line => line with { Head = Name(context, line.Head) }).ToList();
        var names = await new AreaQueries(db).Names([.. shown.Select(line => line.Household.AreaCode).Distinct()], context.RequestAborted);
        return Doorway.Page<HouseholdsPage>(context, new HouseholdsModel(shown, names, asked, lines.Count > PerPage ? shown[^1].Household.FolderNumber : null));
    }

    private static async Task<IResult> One(ReliefRecords records, HttpContext context, string id)
    {
        await using var db = records.Reading();
        if (await new HouseholdQueries(db).Of(id, context.RequestAborted) is not { } sheet)
            return Doorway.Missing(context);
        var place = string.Concat((await new AreaQueries(db).ChainOf(sheet.Household.AreaCode, context.RequestAborted)).Where(area => area.Level != AreaLevel.City).OrderBy(area => area.Level).Select(area => area.Name));
        var today = ChinaTime.DayOf(Doorway.VisitorOf(context).Now);
        return Doorway.Page<HouseholdPage>(context, new HouseholdModel(sheet.Household, place, sheet.IsFiled, [.. sheet.Members.Select(member => new ShownMember(
            Name(context, member.Person.Name)!, member.Person, PersonQueries.AgeOn(member.Person.BirthDate, today), Name(context, member.Guardian), member.Cases))]));
    }

    private static string? Name(HttpContext context, string? name) => name is null || Doorway.VisitorOf(context).May(Policies.Work) ? name : Masking.Hidden(name);
}

/// <summary>Households by the number on their folder.</summary>
/// <param name="Villages">The names of their villages, by code.</param>
/// <param name="Village">The village that was asked for; null for all.</param>
/// <param name="Next">After which folder the next page begins; null on the last.</param>
public sealed record HouseholdsModel(IReadOnlyList<HouseholdLine> Lines, IReadOnlyDictionary<string, string> Villages, string? Village, string? Next);

/// <summary>A household.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="IsFiled">Whether its folder can be opened.</param>
/// <param name="Members">Who lives there, the head first.</param>
public sealed record HouseholdModel(Household Household, string Place, bool IsFiled, IReadOnlyList<ShownMember> Members);

/// <summary>Somebody who lives there, as the visitor may read it.</summary>
/// <param name="Age">Completed years.</param>
/// <param name="Guardian">Who answers for them.</param>
public sealed record ShownMember(string Name, Person Person, int Age, string? Guardian, IReadOnlyList<global::Relief.Flow.Activities.Cases.Case> Cases)
{
    /// <summary>Whether somebody has to answer for them.</summary>
    public bool NeedsGuardian => Age < PersonFacts.FullAge || Person.Capacity != LegalCapacity.Full;
}
