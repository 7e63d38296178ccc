using System.Security.Claims;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Studio;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Console;

/// <summary>Tells who looks at a page, from the session, the cookie of the language, and the policies.</summary>
internal sealed class Visitors(Flows flows)
{
    public async Task<Visitor> Of(HttpContext context)
    {
        var user = context.User;
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
            Rights = Policies.All.Where(policy => Policies.Lets(user, policy)).ToHashSet(StringComparer.Ordinal),
            Seal = FormSeal.Of(context.Request),
            Now = (await flows.Clock(context.RequestAborted)).Now
        };
    }
}
