namespace Relief.Flow.Activities.Adapters;

/// <summary>What became of something that was to reach an outside system.</summary>
public enum ExchangeStatus
{
    /// <summary>It is on its way, or its answer is awaited.</summary>
    Waiting,

    /// <summary>The other side has taken it.</summary>
    Delivered,

    /// <summary>The other side said no for good: people see to it.</summary>
    Refused,

    /// <summary>No address, or no answer in time: people see to it.</summary>
    Unreachable,

    /// <summary>A person has done it by hand.</summary>
    ByHand,

    /// <summary>A person says that it is not done.</summary>
    Abandoned,

    /// <summary>It never left: there is no agreement or consent for it.</summary>
    Withheld,

    /// <summary>A mere mirror that could not be reached: nobody has to do anything.</summary>
    Dropped
}
