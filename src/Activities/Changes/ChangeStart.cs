using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Starts the procedure of a change, once for its origin, whoever starts it.</summary>
public static class ChangeStart
{
    /// <summary>The start as a message.</summary>
    public static Message Of(string personId, ChangeKind kind, (ChangeOrigin Of, string Id) origin, (string Seen, string By, DateOnly? On) said) => Message.Of(new ChildStart(
        InstanceIds.Of(ChangeBook.KeyOf(origin.Of, origin.Id)), "procedure.change", Input(personId, kind, origin, said), "person:" + personId, ChangeBook.Chain(ChangeBook.IdOf(origin.Of, origin.Id)), "person:" + personId));

    /// <summary>The input of the procedure.</summary>
    public static System.Text.Json.JsonElement Input(string personId, ChangeKind kind, (ChangeOrigin Of, string Id) origin, (string Seen, string By, DateOnly? On) said) =>
        Answer.Json(new { personId, kind = kind.ToString(), origin = origin.Of.ToString(), originId = origin.Id, seen = said.Seen, by = said.By, on = said.On });
}
