using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Intake;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Console;

/// <summary>The township's window (救助窗口, S01): a clerk takes an application in with the person beside them, and prints the receipt and, later, the one-time supplement notice.</summary>
internal static class WindowPages
{
    private const string Channel = "window";

    public static void MapWindow(this RouteGroupBuilder window)
    {
        window.MapGet("/", (ReliefRecords records, HttpContext context) => Show(records, context, null, null));
        window.MapPost("/", Take);
        window.MapGet("/{application}", Receipt);
    }

    private static async Task<IResult> Show(ReliefRecords records, HttpContext context, IFormCollection? typed, ProblemHttpResult? refused)
    {
        var (visitor, stop) = (Doorway.VisitorOf(context), context.RequestAborted);
        await using var db = records.ReadingAll();
        var (today, areas) = (ChinaTime.DayOf(visitor.Now), new AreaQueries(db));
        var villages = await Villages(db, visitor, stop);
        var county = villages.Count == 0 ? null : await new Deadlines(db).CountyOf(villages[0].Code, stop);
        await using var own = records.Reading();
        return Doorway.Page<WindowPage>(context, new WindowModel
        {
            Villages = villages,
            Items = county is null ? [] : await new CatalogueQueries(db).On(county, county, today, stop),
            Papers = PaperMatrix.All,
            Typed = (typed ?? FormCollection.Empty).Where(field => field.Key != FormSeal.Field).ToDictionary(field => field.Key, field => field.Value.ToArray().OfType<string>().ToArray()),
            Wrong = Refusal.FieldsOf(refused).ToHashSet(StringComparer.Ordinal),
            Number = typed?["number"].ToString() is { Length: > 0 and <= 40 } number ? number : Guid.NewGuid().ToString("N"),
            Latest = await new WindowQueries(own).Latest(visitor.By, stop)
        }, refused?.StatusCode ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> Take(ReliefRecords records, HttpContext context)
    {
        var visitor = Doorway.VisitorOf(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await using var db = records.ReadingAll();
        var village = (await Villages(db, visitor, context.RequestAborted)).FirstOrDefault(one => one.Code == form["areaCode"]);
        var county = village is null ? "" : await new Deadlines(db).CountyOf(village.Code, context.RequestAborted);
        var consent = form["consent"] == "yes" ? (await new ParameterQueries(db).Find("intake.consentText", county, ChinaTime.DayOf(visitor.Now), context.RequestAborted))?.Value : null;
        var taken = await IntakeApi.Receive(records, Read(form, village?.Code, county, consent), (visitor.By, $"intake:window:{visitor.By}:{form["number"]}"), context.RequestAborted);
        return taken.Result is Accepted<TakenApplication> { Value: { } receipt }
            ? Doorway.Onwards(context, "window/" + receipt.ApplicationId)
            : await Show(records, context, form, taken.Result as ProblemHttpResult);
    }

    private static async Task<IResult> Receipt(ReliefRecords records, HttpContext context, string application)
    {
        await using var db = records.Reading();
        return await new WindowQueries(db).Receipt(application, context.RequestAborted) is { } receipt ? Doorway.Page<WindowReceipt>(context, receipt) : Doorway.Missing(context);
    }

    private static ApplicationRequest Read(IFormCollection form, string? village, string county, string? consent)
    {
        string? Text(string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;
        var onBehalf = form["onBehalf"] == "yes";
        return new ApplicationRequest
        {
            CountyCode = county, Channel = Channel, ApplicantName = onBehalf ? Text("applicant") : Text("name"), OnBehalf = onBehalf, Category = Enum.TryParse<ReliefCategory>(Text("category"), out var category) ? category : null,
            ItemCodes = [.. form["item"].OfType<string>()], Wording = Text("wording"), Papers = [.. form["paper"].OfType<string>()], ConsentVersion = consent,
            Person = new ApplicationPerson(Text("idNumber")?.ToUpperInvariant(), Text("name"), form["sex"] == "F" ? "F" : "M", Doorway.DayOf(Text("birthDate")), village, Text("phone")),
            Triage = new TriageAnswers(form["alone"] == "yes", form["cannotMove"] != "yes", form["noFood"] != "yes", form["danger"] == "yes")
        };
    }

    // Those of the clerk's posts; all of the county for a key that stands for nobody.
    private static async Task<IReadOnlyList<AreaUnit>> Villages(Activities.ReliefDbContext db, Visitor visitor, CancellationToken cancellationToken)
    {
        var areas = new AreaQueries(db);
        var posts = await new StaffQueries(db).PostsOf(visitor.By, ChinaTime.DayOf(visitor.Now), cancellationToken);
        if (posts.Count == 0 && (visitor.ActsFor ?? visitor.Person) is null)
            return await areas.Villages(null, cancellationToken);
        var units = posts.Where(post => post.Role is ReliefRoles.ReliefClerk or ReliefRoles.SocialWorkStation).SelectMany(post => post.Units).Distinct().ToList();
        return await areas.Villages(units, cancellationToken);
    }
}

/// <summary>The form of the window.</summary>
public sealed record WindowModel
{
    public required IReadOnlyList<AreaUnit> Villages { get; init; }

    public required IReadOnlyList<PricedItem> Items { get; init; }

    public required IReadOnlyList<string> Papers { get; init; }

    /// <summary>What was typed, when it comes back.</summary>
    public required IReadOnlyDictionary<string, string[]> Typed { get; init; }

    /// <summary>The contract's fields that are wrong.</summary>
    public required IReadOnlySet<string> Wrong { get; init; }

    /// <summary>The form's own number: sent twice it is one application.</summary>
    public required string Number { get; init; }

    /// <summary>What this clerk took in last.</summary>
    public required IReadOnlyList<TakenAtWindow> Latest { get; init; }

    /// <summary>What stands in a field.</summary>
    public string Text(string name) => Typed.TryGetValue(name, out var values) && values.Length > 0 ? values[0] : "";

    /// <summary>Whether a choice is ticked.</summary>
    public bool Has(string name, string value) => Typed.TryGetValue(name, out var values) && values.Contains(value);

    /// <summary>A day as it is written.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
