namespace Relief.Flow.Activities.Doorbell;

/// <summary>The states of a doorbell (data.md).</summary>
public enum DeviceStatus
{
    /// <summary>In store.</summary>
    Stock,

    /// <summary>At the household, not yet heard by a responder.</summary>
    Installed,

    /// <summary>Heard by a responder: it counts (INV-21).</summary>
    Commissioned,

    /// <summary>Silent or broken; the resident is called daily until it is swapped.</summary>
    Faulty,

    /// <summary>Taken back.</summary>
    Retired
}
