using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;
using QRCoder;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Activities.PolicyLibrary;
using Relief.Flow.Host.Relief;
using Relief.Flow.Host.Studio;

namespace Relief.Flow.Host.Library;

/// <summary>The policy library as everybody may read it, without signing in: a page for each of the eight classes, made for phones, and the code that leads to it (S22, S26, ZZ-005).</summary>
internal static class PolicyPages
{
    private const string Guard = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private const int Dots = 8;

    private static readonly PageFolder Files = new("Relief.Flow.Host.Library.Pages");
    private static readonly Dictionary<string, string> NoTexts = [];

    public static void MapPolicyPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/policies/{county}", Index).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/policies/{county}/{about}", Read).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/policies/{county}/{about}/qr.svg", Code).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/policies-own/{file}", (HttpContext context, string file) => Files.Serve(context, file)).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Index(ReliefRecords records, HttpContext context, string county, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        if (await Name(db, county, cancellationToken) is not { } name)
            return Results.NotFound();
        var words = PolicyWords.Of(context);
        var today = ChinaTime.DayOf(await records.Now(cancellationToken));
        var counts = (await new PolicyQueries(db).On(county, null, today, cancellationToken)).CountBy(entry => entry.Class).ToDictionary();
        var items = Enum.GetValues<PolicyClass>().Select(about => $"""<li><a href="{context.Request.PathBase}/policies/{county}/{about}{words.Query}">{Text(words.ClassName(about))}<small>{words.Count(counts.GetValueOrDefault(about))}</small></a></li>""");
        return Page(context, words, words.Library, $"""<h1>{Text(words.Library)}</h1><p class="quiet">{Text(name)}</p><ul class="classes">{string.Concat(items)}</ul>""");
    }

    private static async Task<IResult> Read(ReliefRecords records, HttpContext context, string county, string about, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        if (ClassOf(about) is not { } named || await Name(db, county, cancellationToken) is not { } name)
            return Results.NotFound();
        var words = PolicyWords.Of(context);
        var entries = await new PolicyQueries(db).On(county, named, ChinaTime.DayOf(await records.Now(cancellationToken)), cancellationToken);
        var units = await new PolicyQueries(db).Departments(entries, cancellationToken);
        var articles = entries.Select(entry => Article(words, entry, units.GetValueOrDefault(entry.Department, entry.Department)));
        return Page(context, words, words.ClassName(named), $"""
            <p><a href="{context.Request.PathBase}/policies/{county}{words.Query}">{Text(words.All)}</a></p>
            <h1>{Text(words.ClassName(named))}</h1><p class="quiet">{Text(name)}</p>
            {(entries.Count == 0 ? $"<section><p>{Text(words.Nothing)}</p></section>" : string.Concat(articles))}
            <section class="code"><img src="{context.Request.PathBase}/policies/{county}/{named}/qr.svg" alt="{Text(words.CodeOf)}" width="200" height="200"><p class="quiet">{Text(words.CodeOf)}</p></section>
            """);
    }

    private static async Task<IResult> Code(ReliefRecords records, IOptions<DoorbellOptions> options, HttpContext context, string county, string about, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        if (ClassOf(about) is not { } named || await Name(db, county, cancellationToken) is null)
            return Results.NotFound();
        var root = options.Value.PublicUrl is { Length: > 0 } own ? own.TrimEnd('/') : $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}";
        context.Response.Headers.CacheControl = "public, max-age=86400";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Content(Svg($"{root}/policies/{county}/{named}"), "image/svg+xml");
    }

    /// <summary>An address as a code that a phone reads, as a picture.</summary>
    internal static string Svg(string address)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(code);
        return picture.GetGraphic(Dots);
    }

    private static string Article(PolicyWords words, PolicyEntry entry, string department) => $"""
        <article>
          <h2>{Text(words.Either(entry.Title, entry.TitleEn))}</h2><p class="quiet">{Text(department)}</p>
          <h3>{Text(words.Who)}</h3><p class="told">{Text(words.Either(entry.Conditions, entry.ConditionsEn))}</p>
          <h3>{Text(words.How)}</h3><p class="told">{Text(words.Either(entry.HowToApply, entry.HowToApplyEn))}</p>
          {Link(entry.AudioUrl, words.Listen)}{Link(entry.VideoUrl, words.Watch)}
          <p class="quiet">{Text(words.Basis)} {Text(entry.Document)} · {entry.ValidFrom:yyyy-MM-dd}</p>
        </article>
        """;

    private static string Link(string? address, string words) => address is null ? "" : $"""<p><a class="media" href="{Text(address)}" rel="noopener noreferrer">{Text(words)}</a></p>""";

    private static IResult Page(HttpContext context, PolicyWords words, string title, string markup)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Guard;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        var page = Files.Page("policies.html", NoTexts, ("root", $"{context.Request.PathBase}/"), ("lang", words.Lang), ("title", title), ("other", words.OtherAddress(context)), ("otherName", words.OtherName),
            ("otherLang", words.OtherLang), ("content", new Html(markup)));
        return Results.Content(page, "text/html; charset=utf-8");
    }

    private static async Task<string?> Name(ReliefDbContext db, string county, CancellationToken cancellationToken) =>
        (await new AreaQueries(db).Counties(cancellationToken)).FirstOrDefault(area => area.Code == county)?.Name;

    private static PolicyClass? ClassOf(string text) => Enum.TryParse<PolicyClass>(text, ignoreCase: true, out var named) && Enum.IsDefined(named) && !char.IsDigit(text[0]) ? named : null;

    private static string Text(string text) => HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All).Encode(text);
}
