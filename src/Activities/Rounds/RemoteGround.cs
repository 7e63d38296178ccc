namespace Relief.Flow.Activities.Rounds;

/// <summary>Why a call counts as a visit.</summary>
public enum RemoteGround
{
    /// <summary>Emergency mode holds in the area (parameter <c>emergency.mode</c>, E24).</summary>
    Emergency,

    /// <summary>Policy lets it (parameter <c>visit.remoteAllowed</c>).</summary>
    Allowed
}
