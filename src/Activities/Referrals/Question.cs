using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>What a step of an order asks.</summary>
/// <param name="Kind">What sort of task it is, such as <c>placement.consent</c>.</param>
/// <param name="Title">The title in Chinese, without a name; the case's number is added.</param>
/// <param name="Role">Who may answer.</param>
/// <param name="Unit">The area or organisation whose people may answer.</param>
public sealed record Question(string Kind, string Title, string Role, string Unit)
{
    /// <summary>The answers to choose from.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>The form.</summary>
    public IReadOnlyList<FormField> Form { get; init; } = [];

    /// <summary>What the person needs to see: numbers, codes and dates; never an illness.</summary>
    public object? Data { get; init; }

    /// <summary>Who may not answer (INV-09).</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>The policy parameter that says how long it may take; null for <see cref="WorkingDays"/>.</summary>
    public string? DueKey { get; init; }

    /// <summary>When it is due, where somebody has set a moment; null for what <see cref="DueKey"/> says.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Working days, where no parameter says.</summary>
    public int WorkingDays { get; init; } = 3;

    /// <summary>The answer that stands when nobody answered in time; null to tell the county and wait on.</summary>
    public string? WhenLate { get; init; }

    /// <summary>The event by which an app may answer: <c>{ decision, reason, by, … }</c>.</summary>
    public string? Event { get; init; }

    /// <summary>The port by which the step ends when its order is stopped by <c>order:{orderId}:stop</c>; null when that does not concern it.</summary>
    public string? WhenStopped { get; init; }

    /// <summary>The audience of the reminders (workflows.md 3.4).</summary>
    public string Audience { get; init; } = "C";

    /// <summary>What leaves the house when it is asked.</summary>
    public IReadOnlyList<Message> Send { get; init; } = [];

    /// <summary>It as a task of the inbox.</summary>
    /// <param name="about">What it is about, after the title: a case's number, a list's.</param>
    /// <param name="subject">The business object, such as <c>order:…</c>.</param>
    /// <param name="problem">Why the answer before was refused; null the first time.</param>
    public HumanTask Task(string about, string subject, string? problem) => new()
    {
        Title = $"{Title} {about}",
        Kind = Kind,
        Role = Role,
        Unit = Unit,
        Subject = subject,
        Outcomes = [.. Outcomes],
        Form = [.. Form],
        Excluded = [.. Excluded],
        Data = Answer.Json(new { Data, problem })
    };
}
