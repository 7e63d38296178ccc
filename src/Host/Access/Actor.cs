using System.Security.Claims;
using System.Text.RegularExpressions;

namespace Relief.Flow.Host.Access;

/// <summary>Who is behind a request: the key, or the person for whom an application acts (<c>X-Acting-User</c>).</summary>
public static partial class Actor
{
    public const string Header = "X-Acting-User";

    /// <summary>Holds the staff id of the person for whom an application or administrator acts in this browser's inbox; sent nowhere else.</summary>
    public const string Cookie = "relief-acting";
    public const string KeyClaim = "relief:key";
    public const string ActingClaim = "relief:acting";

    /// <summary>Set for a user who signed in with a password: the person's own staff id.</summary>
    public const string PersonClaim = "relief:person";

    /// <summary>One for each area or organisation whose records a key may see.</summary>
    public const string UnitClaim = "relief:unit";

    /// <summary>Set when the key may not act for people, or the header is no staff id.</summary>
    public const string RefusedClaim = "relief:acting-refused";

    /// <summary>What is recorded as the doer: the person's id, else the key's name.</summary>
    public static string By(this ClaimsPrincipal user) => user.FindFirstValue(ActingClaim) ?? user.Identity?.Name ?? "unknown";

    /// <summary>The person who acts: whom an application acts for, else the user; null for a key that acts for nobody.</summary>
    public static string? Acting(this ClaimsPrincipal user) => user.FindFirstValue(ActingClaim) ?? user.FindFirstValue(PersonClaim);

    /// <summary>The id of the key.</summary>
    public static string KeyId(this ClaimsPrincipal user) => user.FindFirstValue(KeyClaim) ?? "";

    public static bool MayActForPeople(IReadOnlyList<string> roles) => roles.Contains(Roles.App) || roles.Contains(Roles.Admin);

    [GeneratedRegex("^[A-Za-z0-9._:@-]{1,100}$")]
    public static partial Regex StaffId();
}
