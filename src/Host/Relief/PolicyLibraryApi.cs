using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.PolicyLibrary;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>The policy library (救助政策库, S22): versions proposed by one person and approved by the county, by another. The public reads it at <c>/policies/{county}</c>.</summary>
internal static class PolicyLibraryApi
{
    public static void MapPolicyLibrary(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/policy-library").WithTags("Linkage").RequireAuthorization(Policies.See);
        group.MapGet("/", List).WithSummary("The policies of a county that hold on a day, of one class when asked");
        group.MapGet("/versions", Versions).WithSummary("All versions of a policy, the newest first");
        group.MapPost("/", Propose).WithSummary("Propose the next version of a policy; another person approves it by a task")
            .WithDescription("The open version before it ends the day before. Audio and video are https addresses.").RequireAuthorization(Policies.Start).Begins();
    }

    private static async Task<Ok<Listing<PolicyEntry>>> List(ReliefRecords records, string county, PolicyClass? @class, DateOnly? on, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<PolicyEntry>(await new PolicyQueries(db).On(county, @class, on ?? ChinaTime.DayOf(await records.Now(cancellationToken)), cancellationToken)));
    }

    private static async Task<Ok<Listing<PolicyEntry>>> Versions(ReliefRecords records, string county, string code, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<PolicyEntry>(await new PolicyQueries(db).Versions(county, code, cancellationToken)));
    }

    private static async Task<IResult> Propose(ReliefRecords records, PolicyForm body, HttpContext context, CancellationToken cancellationToken)
    {
        if (await Faults(records, body, cancellationToken) is { } refused)
            return refused;
        var by = context.User.By();
        return await records.Flows.Begin(new StartInstance("procedure.policy", FlowJson.Of(new { entry = body, by }), by) { BusinessKey = "policy:" + body.Code }, context, cancellationToken);
    }

    private static async Task<ProblemHttpResult?> Faults(ReliefRecords records, PolicyForm body, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("code", body.Code is { Length: > 0 and <= 50 } code && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'), "Letters, digits and hyphens, 1 to 50.")
            .Check("class", body.Class is { } about && Enum.IsDefined(about), $"One of {string.Join(", ", Enum.GetNames<PolicyClass>())}.")
            .Check("title", IsText(body.Title, 200), "The title, 1 to 200 characters.")
            .Check("conditions", IsText(body.Conditions, 4000), "Who can get it, 1 to 4000 characters.")
            .Check("howToApply", IsText(body.HowToApply, 4000), "How to apply, 1 to 4000 characters.")
            .Check("titleEn", body.TitleEn is null || IsText(body.TitleEn, 200), "1 to 200 characters, or none.")
            .Check("conditionsEn", body.ConditionsEn is null || IsText(body.ConditionsEn, 4000), "1 to 4000 characters, or none.")
            .Check("howToApplyEn", body.HowToApplyEn is null || IsText(body.HowToApplyEn, 4000), "1 to 4000 characters, or none.")
            .Check("document", IsText(body.Document, 200), "The document that it stands in.")
            .Check("audioUrl", IsAddress(body.AudioUrl), "An https address.").Check("videoUrl", IsAddress(body.VideoUrl), "An https address.")
            .Check("categories", (body.Categories ?? []).All(name => Enum.TryParse<ReliefCategory>(name, out var known) && Enum.IsDefined(known)), $"Of {string.Join(", ", Enum.GetNames<ReliefCategory>())}.")
            .Check("validFrom", body.ValidFrom is not null, "The first day it holds.")
            .Check("validTo", body.ValidTo is null || body.ValidTo >= body.ValidFrom, "Not before validFrom.");
        await using var db = records.ReadingAll();
        return fields
            .Check("countyCode", await new AreaQueries(db).IsCounty(body.CountyCode, cancellationToken), "The code of a county that is kept here.")
            .Check("department", await new PolicyQueries(db).Knows(body.CountyCode ?? "", body.Department, cancellationToken), "An organisation of the county.")
            .Refused;
    }

    private static bool IsText(string? text, int most) => !string.IsNullOrWhiteSpace(text) && text.Length <= most;

    private static bool IsAddress(string? address) => address is null || (address.Length <= 500 && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps);
}
