using Relief.Flow.Workflows;

namespace Relief.Flow.Activities;

/// <summary>The deeds and messages of an activity's run, under keys that a repeat of the run has again.</summary>
internal static class ActivityDeeds
{
    /// <summary>Who acts when nobody does: the pathway itself.</summary>
    public const string System = "system";

    /// <summary>A deed of this run; <paramref name="step"/> tells its several deeds apart.</summary>
    public static Deed DeedOf(this ActivityContext context, string step, string by = System) =>
        new(by, context.Now, context.KeyFor(step).ToString("N"));

    /// <summary>A notice to people by reference: never a phone number, an ID number or an illness in <paramref name="data"/> (3.0.4).</summary>
    public static Message Tell(string template, string audience, string to, object data) =>
        audience is "P" or "A"
            ? Message.Of(new Notice(template, audience, "sms", "person:" + to, Answer.Json(data)))
            : Message.Of(new Notice(template, audience, "inbox", "unit:" + to, Answer.Json(data)));
}
