using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Relief.Flow.Host.Access;

/// <summary>Who may do what: the one table of it.</summary>
public static class Policies
{
    /// <summary>Look at instances, journals, tasks, records and definitions, each as far as <see cref="Visibility"/> lets them.</summary>
    public const string See = "see";

    /// <summary>Speak the designer's contract: also applications made for Elsa do.</summary>
    public const string Observe = "observe";

    /// <summary>Look at the designer and the operators' console, at what is stuck, and at the outbox: they show the whole county.</summary>
    public const string Watch = "watch";

    /// <summary>Start pathways, send events.</summary>
    public const string Start = "start";

    /// <summary>Claim and complete tasks.</summary>
    public const string Work = "work";

    /// <summary>Cancel, retry, suspend, resume; see the outbox; move the clock of a test system.</summary>
    public const string Operate = "operate";

    /// <summary>Stop and release a person's services.</summary>
    public const string Interrupt = "interrupt";

    /// <summary>Set policy parameters and working days.</summary>
    public const string Govern = "govern";

    /// <summary>Import, publish and retract definitions.</summary>
    public const string Design = "design";

    /// <summary>Search the audit trail.</summary>
    public const string Audit = "audit";

    /// <summary>See an instance's values in clear, with a reason.</summary>
    public const string Unmask = "unmask";

    /// <summary>Make and revoke keys.</summary>
    public const string Keys = "keys";

    private static readonly Dictionary<string, IReadOnlyList<string>> Table = new()
    {
        [See] = [Roles.Operator, Roles.Auditor, Roles.Designer, Roles.App, .. Roles.OfPeople],
        [Observe] = [Roles.Operator, Roles.Auditor, Roles.Designer, Roles.App],
        [Watch] = [Roles.Operator, Roles.Auditor, Roles.Designer],
        [Start] = [Roles.App, Roles.Operator],
        [Work] = [Roles.App, Roles.Operator, .. Roles.OfPeople],
        [Operate] = [Roles.Operator],
        [Interrupt] = [Roles.Operator, Roles.App],
        [Govern] = [Roles.Operator, "countyOfficer"],
        [Design] = [Roles.Designer],
        [Audit] = [Roles.Operator, Roles.Auditor],
        [Unmask] = [Roles.Operator, Roles.Auditor, "countyOfficer"],
        [Keys] = []
    };

    /// <summary>Every policy.</summary>
    public static IReadOnlyCollection<string> All => Table.Keys;

    /// <summary>Who may do what a policy stands for; an administrator may do everything.</summary>
    public static IReadOnlyList<string> RolesOf(string policy) => [Roles.Admin, .. Table[policy]];

    public static void Add(AuthorizationOptions options)
    {
        foreach (var policy in All)
            options.AddPolicy(policy, rule => rule.RequireAuthenticatedUser().RequireAssertion(context => Lets(context.User, policy)));
    }

    /// <summary>Whether a policy lets somebody in; nobody acts for another without the right to.</summary>
    public static bool Lets(ClaimsPrincipal user, string policy) =>
        !user.HasClaim(claim => claim.Type == Actor.RefusedClaim) && RolesOf(policy).Any(user.IsInRole);
}
