using System.Text.Encodings.Web;
using System.Text.Unicode;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Studio;

namespace Relief.Flow.Host.Console;

/// <summary>The operators' console at <c>/console</c> and people's task inbox at <c>/tasks</c>: rendered on the server, read through the queries, changed through the engine's door.</summary>
internal static class ConsolePages
{
    private static readonly PageFolder Files = new("Relief.Flow.Host.Console.Pages");

    public static void AddConsole(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // Chinese stays readable in a page's source.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<Visitors>();
        services.AddSingleton<DrawnNames>();
        services.AddSingleton<InstanceViews>();
        services.AddSingleton<StuckViews>();
        services.AddSingleton<MigrationViews>();
        services.AddSingleton<InboxDesk>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<TaskViews>();
        services.AddSingleton<TaskVerbs>();
    }

    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/console/own/{file}", (HttpContext context, string file) => Files.Serve(context, file)).ExcludeFromDescription();
        var console = routes.MapGroup("/console").For(new Needs(Policies.Watch, "/console"));
        console.MapOverview();
        console.MapInstancePages();
        console.MapDefinitionPages();
        console.MapMigrationPages();
        console.MapOutboxPages();
        console.MapStuckPages();
        console.MapRepairPages();
        console.MapSystemPages();
        console.MapPolicyPages();
        console.MapRoutingPages();
        routes.MapGroup("/console/audit").For(new Needs(Policies.Audit, "/console/audit")).MapAuditPages();
        routes.MapGroup("/console/figures").For(new Needs(Policies.See, "/console/figures")).MapFigurePages();
        routes.MapGroup("/console/papers").For(new Needs(Policies.See, "/console/papers")).MapPaperPages();
        routes.MapGroup("/console/households").For(new Needs(Policies.See, "/console/households")).MapHouseholdPages();
        routes.MapGroup("/console/exchanges").For(new Needs(Policies.See, "/console/exchanges")).MapExchangePages();
        routes.MapGroup("/console/access").For(new Needs(Policies.Keys, "/console/access")).MapAccounts();
        routes.MapGroup("/tasks").For(new Needs(Policies.Work, "/tasks")).MapInbox();
        routes.MapGroup("/tasks").For(new Needs(Policies.Work, "/tasks/deputies")).MapDeputyPages();
        routes.MapGroup("/window").For(new Needs(Policies.Work, "/window")).MapWindow();
        routes.MapGroup("/tasks/many").For(new Needs(Policies.Work, "/tasks")).MapManyPages();
    }

    private static RouteGroupBuilder For(this RouteGroupBuilder group, Needs needs)
    {
        group.ExcludeFromDescription().DisableAntiforgery().WithMetadata(needs);
        return group.AddEndpointFilter<Doorway>();
    }
}
