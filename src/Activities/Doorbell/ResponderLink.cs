namespace Relief.Flow.Activities.Doorbell;

/// <summary>Somebody who is rung when a device alarms: tier, channels, and when not to.</summary>
public sealed record ResponderLink
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The device.</summary>
    public required string DeviceId { get; init; }

    /// <summary>How they are reached: person:…, staff:… or unit:…; never a phone number.</summary>
    public required string UserId { get; init; }

    /// <summary>The name shown to the duty desk.</summary>
    public required string Name { get; init; }

    /// <summary>1 paired neighbours, 2 next neighbours and village duty, 3 grid, cadre, township duty and family, 4 superior.</summary>
    public required int Tier { get; init; }

    /// <summary>The order within the tier.</summary>
    public required int Ord { get; init; }

    /// <summary>push, voice, sms, wechat: what reaches them.</summary>
    public string[] Channels { get; init; } = [];

    /// <summary>Hours in which they can come, as <c>1-5 18:00-07:00</c> (days of the week, local time); none means always.</summary>
    public string[] Availability { get; init; } = [];

    /// <summary>Not here until then.</summary>
    public DateTimeOffset? AwayUntil { get; init; }

    /// <summary>Has a key to the door.</summary>
    public bool KeyHolder { get; init; }

    /// <summary>Background check within twelve months: may help a child alone.</summary>
    public bool Vetted { get; init; }

    /// <summary>Family or guardian.</summary>
    public bool Guardian { get; init; }

    /// <summary>False when they help no more.</summary>
    public bool Active { get; init; } = true;

    /// <summary>When they last heard a test.</summary>
    public DateTimeOffset? HeardAt { get; init; }
}
