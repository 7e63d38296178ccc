using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Access;

/// <summary>Reads <c>Authorization: ApiKey …</c> and, for applications, <c>X-Acting-User</c>; else the cookie of a browser that signed in.</summary>
/// <remarks>A cookie counts only for what comes from our own pages: a write or a socket that another site asks for is a stranger's.</remarks>
public sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Cookie = "relief-session";
    private const string Prefix = "ApiKey ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return await BySession(Context.RequestAborted);

        if (await keys.Identify(header[Prefix.Length..].Trim(), Context.RequestAborted) is not { } key)
            return AuthenticateResult.Fail("The key is unknown, expired or revoked.");

        return Known(key, null);
    }

    // A choice that this user may not make was another's, who sat at the same screen before.
    private string? Chosen(ApiKey key) =>
        Request.Cookies[Actor.Cookie] is { Length: > 0 } person && Actor.MayActForPeople(key.Roles) && Actor.StaffId().IsMatch(person) ? person : null;

    private async Task<AuthenticateResult> BySession(CancellationToken cancellationToken)
    {
        if (Request.Cookies[Cookie] is not { Length: > 0 } token || !IsOurs())
            return AuthenticateResult.NoResult();

        return await sessions.Identify(token, cancellationToken) is { } key ? Known(key, Chosen(key)) : AuthenticateResult.Fail("The session has ended.");
    }

    // Reading a page changes nothing, and the browser keeps its answer from other sites; for all else the origin must be our own.
    private bool IsOurs()
    {
        var origin = Request.Headers.Origin.ToString();
        var isHarmless = (HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method)) && !Context.WebSockets.IsWebSocketRequest;
        return isHarmless && origin.Length == 0 || Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == Request.Host.Value;
    }

    private AuthenticateResult Known(ApiKey key, string? chosen)
    {
        List<Claim> claims = [new(ClaimTypes.Name, key.Name), new(Actor.KeyClaim, key.Id), .. key.Roles.Select(role => new Claim(ClaimTypes.Role, role)), .. key.Units.Select(unit => new Claim(Actor.UnitClaim, unit))];
        if (key.IsPerson)
            claims.Add(new(Actor.PersonClaim, key.Name));
        var acting = Request.Headers[Actor.Header].ToString();
        if (acting.Length == 0 && chosen is not null)
            claims.Add(new Claim(Actor.ActingClaim, chosen));
        if (acting.Length > 0)
            claims.Add(new Claim(Actor.MayActForPeople(key.Roles) && Actor.StaffId().IsMatch(acting) ? Actor.ActingClaim : Actor.RefusedClaim, acting));

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        return Refusal.Of(StatusCodes.Status401Unauthorized, "auth.required", "Send Authorization: ApiKey <key> with a key that is in force, or sign in at /studio/sign-in.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        (Context.User.HasClaim(claim => claim.Type == Actor.RefusedClaim)
            ? Refusal.Of(StatusCodes.Status403Forbidden, "auth.actingForbidden", "This key may not act for people, or the header is not a staff id.")
            : Refusal.Of(StatusCodes.Status403Forbidden, "auth.forbidden", "The key's roles do not allow this.")).ExecuteAsync(Context);
}
