using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Tasks;

namespace Relief.Flow.Host.Console;

/// <summary>代理 in the inbox: who does one's tasks, and whose one does.</summary>
internal static class DeputyPages
{
    public static void MapDeputyPages(this RouteGroupBuilder tasks)
    {
        tasks.MapGet("/deputies", (DeputyDesk desk, HttpContext context) => Show(desk, context, null));
        tasks.MapPost("/deputies", Arrange);
        tasks.MapPost("/deputies/{id}/end", End);
    }

    private static async Task<IResult> Show(DeputyDesk desk, HttpContext context, string? problem)
    {
        var person = Person(Doorway.VisitorOf(context));
        return Doorway.Page<DeputiesPage>(context, new DeputiesModel(person, person is null ? [] : await desk.Of(person, context.RequestAborted), problem),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Arrange(DeputyDesk desk, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var asked = new NewDeputy(Person(Doorway.VisitorOf(context)), form["deputy"].ToString().Trim(), Doorway.DayOf(form["from"]), Doorway.DayOf(form["to"]), form["reason"]);
        return (await desk.Arrange(asked, context.User, context.RequestAborted)).Refused is { } refused
            ? await Show(desk, context, Doorway.TextOf(refused, "deputy"))
            : Doorway.Onwards(context, "tasks/deputies");
    }

    private static async Task<IResult> End(DeputyDesk desk, HttpContext context, string id) =>
        await desk.End(id, context.User, context.RequestAborted) is { } refused ? await Show(desk, context, Doorway.TextOf(refused, "deputy")) : Doorway.Onwards(context, "tasks/deputies");

    private static string? Person(Visitor visitor) => visitor.ActsFor ?? visitor.Person;
}

/// <param name="Person">Whose arrangements they are; null for a key that stands for nobody.</param>
/// <param name="Problem">The key of what was wrong.</param>
public sealed record DeputiesModel(string? Person, IReadOnlyList<StaffDeputy> Standing, string? Problem);
