using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.People;

/// <summary>Who may answer or be told as a guardian: never somebody who is alleged to have abused the person they answer for (E10, 未成年人保护法 art. 31).</summary>
public static class GuardianRule
{
    /// <summary>The tag of a person whose guardian is alleged to have abused them, and the code of an answer that does not count for it.</summary>
    public const string Alleged = "GuardianAlleged";

    /// <summary>Whoever the gateway takes for a person's guardian, in the list of those who are not told.</summary>
    public const string Anyone = "guardian";

    /// <summary>Where a form asks who answers as guardian.</summary>
    public static FormField Field { get; } = FormField.Of("guardian", "监护人(引用编号)", "string");

    /// <summary>Why an answer as guardian does not count; null when it does. Where a guardian is alleged, it is another who answers: one who is named, or whom a court has appointed since.</summary>
    /// <param name="person">The person.</param>
    /// <param name="guardian">Who is said to answer as guardian, by reference; null when nobody is named: then it is who stands on the records.</param>
    public static string? Problem(Person person, string? guardian)
    {
        var answers = guardian is { Length: > 0 and <= 100 } ? guardian : person.GuardianId;
        return !person.Flags.Contains(Alleged) || (answers is not null && !person.AllegedGuardians.Contains(answers)) ? null : Alleged;
    }

    /// <summary>Who must hear nothing of a person: whoever passes for the guardian, and whom the records name as alleged; null when nobody is.</summary>
    /// <param name="person">The person.</param>
    public static IReadOnlyList<string>? NotTold(Person person) =>
        !person.Flags.Contains(Alleged) ? null : [Anyone, .. person.AllegedGuardians.Where(alleged => alleged != Anyone).Select(alleged => "person:" + alleged)];
}
