using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.HelpDays;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>What a form of a help day may say.</summary>
internal static class HelpFormRules
{
    private const int MostAtOnce = 10_000;

    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(5);

    /// <summary>Why it cannot be taken; null when it can.</summary>
    public static ProblemHttpResult? Faults(HelpForm form, HelpDay day, DateTimeOffset now)
    {
        var isCounted = form.Kind is HelpKind.Leaflet or HelpKind.Consultation;
        if (form.Kind is not null && !isCounted && form.Number is not null)
        {
            return Refusal.Fields("helpDay.totalRefused", "Applications, escalations and mandates are counted by themselves; a number of them is not taken.",
                new Dictionary<string, string[]> { ["number"] = ["Hand in each of them as a form of its own."] });
        }

        var written = form.DeviceTime ?? now;
        return new Fields()
            .Check("kind", form.Kind is { } kind && Enum.IsDefined(kind), $"One of {string.Join(", ", Enum.GetNames<HelpKind>())}.")
            .Check("deskId", form.DeskId is { Length: > 0 }, "The desk.")
            .Check("deviceKey", form.DeviceKey is { Length: > 0 and <= 100 }, "The device's own key of the form.")
            .Check("deviceTime", written <= now + ClockError && ChinaTime.DayOf(written) == day.HeldOn, "A moment of the day, not a later one.")
            .Check("number", !isCounted || form.Number is > 0 and <= MostAtOnce, "How many, 1 to 10000.")
            .Check("application", (form.Kind == HelpKind.Application) == (form.Application is not null), "The application, for that kind alone.")
            .Check("escalation", (form.Kind == HelpKind.Escalation) == (form.Escalation is not null), "What the conference is about, for that kind alone.")
            .Check("mandate", (form.Kind == HelpKind.Mandate) == (form.Mandate is not null), "What help is needed, for that kind alone.").Refused;
    }
}
