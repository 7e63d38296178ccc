using Relief.Flow.Activities.HelpDays;
using Relief.Flow.Activities.Intake;

namespace Relief.Flow.Host.Relief;

/// <summary>One form of a desk.</summary>
/// <param name="DeviceKey">The device's own key of the form: a form is taken once for each.</param>
/// <param name="DeviceTime">When it was written; now when absent.</param>
/// <param name="Number">How many leaflets or consultations; for nothing else.</param>
/// <param name="Application">For an application: what the intake takes.</param>
/// <param name="Escalation">For an escalation: what a conference is asked about.</param>
/// <param name="Mandate">For help on behalf: what an agent is asked for.</param>
public sealed record HelpForm(
    string? DeskId, string? DeviceKey, DateTimeOffset? DeviceTime, HelpKind? Kind, int? Number, ApplicationRequest? Application, AskedMeeting? Escalation, MandateForm? Mandate);
