using System.Text.Json;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities;

/// <summary>Notices to people (3.0.4): the receiver is a reference, the values are numbers, dates and references, never what is sensitive.</summary>
public static class Tell
{
    /// <summary>A short message to a person, their guardian or an applicant.</summary>
    /// <param name="template">The event, e.g. <c>intake.receipt</c>.</param>
    /// <param name="audience">P or A.</param>
    /// <param name="personId">The person; the gateway knows how they are reached.</param>
    /// <param name="data">The values of the template.</param>
    public static Message Person(string template, string audience, string personId, object data) =>
        Message.Of(new Notice(template, audience, "sms", "person:" + personId, Values(data)));

    /// <summary>A letter on paper to a person.</summary>
    public static Message Letter(string template, string audience, string personId, object data) =>
        Message.Of(new Notice(template, audience, "letter", "person:" + personId, Values(data)));

    /// <summary>A message into the inbox of a unit's people.</summary>
    public static Message Unit(string template, string audience, string unit, object data) =>
        Message.Of(new Notice(template, audience, "inbox", "unit:" + unit, Values(data)));

    /// <summary>A message into the inbox of one of the staff.</summary>
    public static Message Staff(string template, string audience, string staffId, object data) =>
        Message.Of(new Notice(template, audience, "inbox", "staff:" + staffId, Values(data)));

    private static JsonElement Values(object data) => JsonSerializer.SerializeToElement(data, JsonSerializerOptions.Web);
}
