using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Seed;

/// <summary>The example county's persons.</summary>
internal static class ExamplePeople
{
    public static IReadOnlyList<ExamplePerson> All { get; } =
    [
        new(Entry("person-zhang", "张某某", "M", new DateOnly(1947, 5, 12), "99990101", "01"), ReliefCategory.Dibao, [(ConditionKind.LivingAlone, null), (ConditionKind.SelfCare, 2)]),
        new(Entry("person-wang", "王某某", "F", new DateOnly(1968, 8, 2), "99990102", "02"), ReliefCategory.Margin, [(ConditionKind.Disability, 2)]),
        new(Entry("person-zhao", "赵某某", "F", new DateOnly(1950, 1, 20), "99990101", "03"), ReliefCategory.Dibao, [(ConditionKind.LivingAlone, null)]),
        new(Entry("person-feng", "冯某某", "M", new DateOnly(1944, 11, 3), "99990102", "04"), ReliefCategory.Tekun, [(ConditionKind.SelfCare, 4)]),
        new(Entry("person-jin", "金某某", "F", new DateOnly(2016, 6, 1), "99990201", "05"), ReliefCategory.Orphan, []),
        new(Entry("person-zheng", "郑某某", "M", new DateOnly(1985, 3, 9), "99990201", "06"), null, []),
        new(Entry("person-hua", "华某某", "F", new DateOnly(1955, 9, 30), "99990101", "07"), ReliefCategory.Dibao, [(ConditionKind.Mental, null)])
    ];

    private static PersonEntry Entry(string id, string name, string sex, DateOnly birth, string village, string serial) => new()
    {
        Id = id,
        CountyCode = ExampleCounty.Code,
        IdNumber = $"999999{birth:yyyyMMdd}00{serial}",
        Name = name,
        Sex = sex,
        BirthDate = birth,
        AreaCode = village,
        Phone = "00000000000"
    };
}
