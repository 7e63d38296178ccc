namespace Relief.Flow.Activities.Settlement;

/// <summary>Where payment orders go.</summary>
public sealed class PaymentOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Relief:Payment";

    /// <summary>The finance system's address for payment orders; without it people carry the payment file and report the voucher.</summary>
    public string? Url { get; set; }
}
