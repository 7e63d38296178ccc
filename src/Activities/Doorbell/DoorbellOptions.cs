namespace Relief.Flow.Activities.Doorbell;

/// <summary>What an installation says about its doorbells.</summary>
public sealed class DoorbellOptions
{
    public const string Section = "Relief:Doorbell";

    /// <summary>Where responders open their links, such as <c>https://relief.example</c>; without it notices carry the path alone.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>How long the engine may be silent before the fallback notifier rings.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an alert may lie before it is picked up.</summary>
    public TimeSpan PickUp { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the fallback notifier leaves an alert alone that it has rung.</summary>
    public TimeSpan RingAgain { get; set; } = TimeSpan.FromSeconds(60);
}
