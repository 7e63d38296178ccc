namespace Relief.Flow.Activities.Settlement;

/// <summary>Where payment orders go.</summary>
public sealed class PaymentOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Relief:Payment";

    /// <summary>The finance system's address for payment orders; without it people carry the payment file and report the voucher.</summary>
    public string? Url { get; set; }

    /// <summary>Where it is asked how an order stands; without it <see cref="Url"/> by GET.</summary>
    public string? StatusUrl { get; set; }

    /// <summary>The address that tells how the order with this key stands; null when nobody can be asked.</summary>
    public string? StatusOf(string key) => (string.IsNullOrEmpty(StatusUrl) ? Url : StatusUrl) is { Length: > 0 } address
        ? $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}key={Uri.EscapeDataString(key)}"
        : null;
}
