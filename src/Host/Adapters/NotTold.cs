using Relief.Flow.Activities;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Host.Adapters;

/// <summary>Who must not hear of a notice to a person, asked when it leaves: an allegation may be younger than the notice (E10).</summary>
internal static class NotTold
{
    private const string Person = "person:";

    /// <summary>By the receiver of a notice; null for nobody.</summary>
    public static Func<string, CancellationToken, Task<IReadOnlyList<string>?>> In(ReliefDatabase database) => async (to, cancellationToken) =>
    {
        if (!to.StartsWith(Person, StringComparison.Ordinal))
            return null;
        await using var db = database.Reading();
        return await new PersonQueries(db).Find(to[Person.Length..], cancellationToken) is { } person ? GuardianRule.NotTold(person) : null;
    };
}
