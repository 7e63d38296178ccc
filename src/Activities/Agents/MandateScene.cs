using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Agents;

/// <summary>What a step of help on behalf of a person works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Mandate">The mandate as it stands.</param>
/// <param name="Title">Whom it is about, as a task's title may say it: the number of their case, their masked name while they have none, their village while nobody knows them.</param>
/// <param name="Township">The code of the township.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record MandateScene(ReliefDbContext Db, HelpMandate Mandate, string Title, string Township, ActivityContext Context)
{
    /// <summary>The scene of a mandate in this run. An unknown id is a bug of the definition, not an outcome.</summary>
    /// <exception cref="InvalidOperationException">There is no such mandate.</exception>
    public static async Task<MandateScene> Of(ReliefDbContext db, string mandateId, ActivityContext context, CancellationToken cancellationToken)
    {
        var mandate = await new MandateQueries(db).Find(mandateId, cancellationToken) ?? throw new InvalidOperationException($"There is no mandate {mandateId}.");
        var title = await db.Set<Case>().Where(row => row.Id == mandate.CaseId).Select(row => row.Number).FirstOrDefaultAsync(cancellationToken)
            ?? (await PersonOf(db, mandate, cancellationToken) is { } person ? MaskedName.Of(person.Name) : await db.Set<AreaUnit>().Where(row => row.Code == mandate.AreaCode).Select(row => row.Name).SingleAsync(cancellationToken));
        return new MandateScene(db, mandate, title, await new AreaQueries(db).TownshipOf(mandate.AreaCode, cancellationToken), context);
    }

    /// <summary>Why an answer or a notice may not go by this guardian (<see cref="GuardianRule"/>); null where the person is not on the records yet.</summary>
    public async Task<string?> Alleged(string? guardian, CancellationToken cancellationToken) =>
        await PersonOf(Db, Mandate, cancellationToken) is { } person ? GuardianRule.Problem(person, guardian) : null;

    /// <summary>What notices may say: the mandate's number.</summary>
    public object Reference => new { mandate = Mandate.Id };

    /// <summary>A notice to the person who is helped.</summary>
    public Message ToPerson(string template, object data) => Tell.Person(template, "P", Mandate.PersonId ?? Mandate.PersonRef, data);

    /// <summary>A notice to the supervisors of the village and of the town.</summary>
    public Message[] ToSupervisors(string template, object data) =>
        [Tell.Unit(template, "V", Mandate.AreaCode, data), Tell.Unit(template, "C", Township, data)];

    private static Task<Person?> PersonOf(ReliefDbContext db, HelpMandate mandate, CancellationToken cancellationToken) =>
        new PersonQueries(db).Find(mandate.PersonId ?? mandate.PersonRef, cancellationToken);
}
