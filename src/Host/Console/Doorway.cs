using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Studio;

namespace Relief.Flow.Host.Console;

/// <summary>Stands before every page: a stranger is sent to sign in, who has no right is told so, and a form without our seal is not taken.</summary>
internal sealed class Doorway(Visitors visitors) : IEndpointFilter
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    async ValueTask<object?> IEndpointFilter.InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var needs = http.GetEndpoint()!.Metadata.GetRequiredMetadata<Needs>();
        var isForm = HttpMethods.IsPost(http.Request.Method);
        if (http.User.Identity is not { IsAuthenticated: true })
            return isForm ? Results.Redirect($"{http.Request.PathBase}/studio/sign-in?next={Uri.EscapeDataString($"{http.Request.PathBase}{needs.Home}")}") : SignIn.Ask(http);

        Guard(http);
        var visitor = await visitors.Of(http);
        http.Features.Set(visitor);
        if (!visitor.May(needs.Right))
            return NotAllowed(http);
        if (isForm && (!http.Request.HasFormContentType || !FormSeal.IsOn(await http.Request.ReadFormAsync(http.RequestAborted), http.Request)))
            return Page<RefusedPage>(http, new RefusedModel("refused.formTitle", "refused.form"), StatusCodes.Status400BadRequest);
        return await next(context);
    }

    /// <summary>The visitor of this request.</summary>
    public static Visitor VisitorOf(HttpContext context) => context.Features.Get<Visitor>() ?? throw new InvalidOperationException("Asked before the doorway.");

    /// <summary>A page for this request's visitor.</summary>
    public static IResult Page<TPage>(HttpContext context, object model, int status = StatusCodes.Status200OK) where TPage : Microsoft.AspNetCore.Components.IComponent =>
        new Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<TPage>(new Dictionary<string, object?> { ["Visitor"] = VisitorOf(context), ["Model"] = model }) { StatusCode = status };

    /// <summary>The page that says there is no such thing.</summary>
    public static IResult Missing(HttpContext context) => Page<RefusedPage>(context, new RefusedModel("missing.title", "missing.text"), StatusCodes.Status404NotFound);

    /// <summary>The page that says that the visitor's rights do not reach so far.</summary>
    public static IResult NotAllowed(HttpContext context) => Page<RefusedPage>(context, new RefusedModel("refused.title", "refused.right"), StatusCodes.Status403Forbidden);

    /// <summary>On to another page after a form was taken: loading it again does nothing twice.</summary>
    public static IResult Onwards(HttpContext context, string path) => Results.Redirect($"{context.Request.PathBase}/{path}");

    /// <summary>The query of an address, without what is empty.</summary>
    public static string Query(params IEnumerable<(string Name, string? Value)> asked) =>
        QueryString.Create(asked.Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => KeyValuePair.Create(one.Name, one.Value))).Value ?? "";

    /// <summary>A page's number in the query of an address; the first has none.</summary>
    public static (string Name, string? Value) PageOf(int number) => ("page", number == 1 ? null : number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The page's number that an address asks for.</summary>
    public static int NumberOf(string? page) => int.TryParse(page, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 1000) : 1;

    /// <summary>The day of a date field; null when it is none that anything here is about.</summary>
    public static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 2200 ? day : null;

    /// <summary>The key of the text for a refusal: the first field that is wrong has words of its own on a page, else the problem has.</summary>
    public static string TextOf(ProblemHttpResult refused, string page) =>
        Refusal.FieldsOf(refused) is [var first, ..] ? $"{page}.wrong.{first}" : $"problem.{refused.ProblemDetails.Extensions[Refusal.Code]}";

    private static void Guard(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}

/// <summary>What a page asks of its visitor.</summary>
/// <param name="Right">A policy.</param>
/// <param name="Home">Where a visitor whose session ended over a form begins again.</param>
public sealed record Needs(string Right, string Home);

/// <param name="Title">The key of the heading's text.</param>
/// <param name="Text">The key of the explanation.</param>
public sealed record RefusedModel(string Title, string Text);
