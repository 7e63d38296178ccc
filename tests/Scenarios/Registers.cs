using Relief.Flow.Activities.People;
using static System.Threading.CancellationToken;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>What the registers of others say of people who are in no example.</summary>
internal static class Registers
{
    /// <summary>A person of a relief category, since 2025, with these conditions.</summary>
    public static Task Know(this ReliefDesk desk, Applicant who, ReliefCategory category, params (ConditionKind Kind, int? Level)[] conditions) => desk.Set(async db =>
    {
        var at = ReliefDesk.On(1, 5);
        var person = await new PersonBook(db, desk.Key).Enter(
            new PersonEntry { CountyCode = "999900", IdNumber = who.IdNumber, Name = who.Name, Sex = who.Sex, BirthDate = who.Birth, AreaCode = who.Village },
            new Deed("seed", at, "known-" + who.Serial), None);
        await db.Insert(new ReliefIdentity
        {
            Id = person.Id + ":identity", CountyCode = "999900", CreatedAt = at, CreatedBy = "seed", PersonId = person.Id, Category = category,
            ValidFrom = new DateOnly(2025, 1, 1), Evidence = "救助登记", Source = "relief-registry"
        }, None);
        foreach (var (kind, level) in conditions)
            await db.Insert(new PersonCondition
            {
                Id = $"{person.Id}:{kind}", CountyCode = "999900", CreatedAt = at, CreatedBy = "seed", PersonId = person.Id, Kind = kind, Level = level,
                Evidence = "证明材料", Confidential = kind is ConditionKind.Mental or ConditionKind.Infectious
            }, None);
    });
}
