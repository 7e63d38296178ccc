using System.Globalization;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>Somebody of the example county as an application names them.</summary>
/// <param name="Serial">The last two digits of the ID number; those of the seeded persons find them again.</param>
/// <param name="Village">The code of the village.</param>
/// <param name="Category">The relief category claimed.</param>
public sealed record Applicant(string Name, string Sex, DateOnly Birth, string Serial, string Village, string Category)
{
    /// <summary>78, dibao, living alone, partial self-care: <c>person-zhang</c>.</summary>
    public static Applicant Zhang { get; } = new("张某某", "M", new DateOnly(1947, 5, 12), "01", "99990101", "Dibao");

    /// <summary>Of a margin household, with a level-2 disability: <c>person-wang</c>.</summary>
    public static Applicant Wang { get; } = new("王某某", "F", new DateOnly(1968, 8, 2), "02", "99990102", "Margin");

    /// <summary>Like Wang, but not among the seeded persons.</summary>
    public static Applicant Chen { get; } = new("陈某某", "M", new DateOnly(1970, 3, 3), "11", "99990102", "Margin");

    /// <summary>Like Chen.</summary>
    public static Applicant Jiang { get; } = new("蒋某某", "F", new DateOnly(1972, 4, 4), "12", "99990102", "Margin");

    /// <summary>It begins with 999999, which is no region.</summary>
    public string IdNumber => string.Create(CultureInfo.InvariantCulture, $"999999{Birth:yyyyMMdd}00{Serial}");

    /// <summary>No danger, unless it is said: then alone and unable to move, which is urgent.</summary>
    public bool IsUrgent { get; init; }
}
