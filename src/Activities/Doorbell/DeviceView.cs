namespace Relief.Flow.Activities.Doorbell;

/// <summary>A device as its keepers see it: no secret, no note.</summary>
/// <param name="Status">The state; <c>Away</c> for one that counts while the resident is away.</param>
/// <param name="Warnings">oneResponder, noResponder, testOverdue, lowBattery, silent, oneChannel.</param>
public sealed record DeviceView(
    string Id, string Serial, string AreaCode, string Place, string? PersonId, string Status, DateTimeOffset? HeartbeatAt, int? Battery, int? Signal,
    DateTimeOffset? LastTestAt, DateTimeOffset? CommissionedAt, DateTimeOffset? AwayUntil, IReadOnlyList<ResponderLink> Responders, IReadOnlyList<string> Warnings);
