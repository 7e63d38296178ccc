namespace Relief.Flow.Workflows.Storage;

/// <summary>What became of mail.</summary>
public enum MailReceipt
{
    Delivered,

    /// <summary>The same dedup key was there before.</summary>
    Repeated,

    /// <summary>The bookmark had been consumed or dropped: nothing was changed.</summary>
    Late,

    /// <summary>No open instance has that id.</summary>
    NoInstance
}
