using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Studio;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Console;

/// <summary>Tells who looks at a page, from the session, the cookie of the language, and the policies.</summary>
internal sealed class Visitors(IAuthorizationService rights, Flows flows)
{
    public async Task<Visitor> Of(HttpContext context)
    {
        var user = context.User;
        HashSet<string> held = [];
        foreach (var policy in Policies.All)
        {
            if ((await rights.AuthorizeAsync(user, policy)).Succeeded)
                held.Add(policy);
        }

        string[] roles = [.. user.FindAll(ClaimTypes.Role).Select(role => role.Value)];
        return new Visitor
        {
            Root = $"{context.Request.PathBase}/",
            Here = $"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}",
            Language = StudioTexts.LanguageOf(context.Request),
            Name = user.Identity?.Name ?? "",
            Roles = roles,
            MayActForPeople = Actor.MayActForPeople(roles),
            Person = user.FindFirstValue(Actor.PersonClaim),
            ActsFor = user.FindFirstValue(Actor.ActingClaim),
            Rights = held,
            Seal = FormSeal.Of(context.Request),
            Now = (await flows.Clock(context.RequestAborted)).Now
        };
    }
}
