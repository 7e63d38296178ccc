using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>A device as a step of its procedures sees it.</summary>
internal sealed record DeviceScene(DoorbellDevice Device, IReadOnlyList<ResponderLink> Links, string Township, TimeSpan Beat)
{
    /// <summary>It was taken back; nothing more is to be done for it.</summary>
    public bool IsGone => Device.Status == DeviceStatus.Retired;

    /// <summary>Opens it and locks its row until the burst is committed.</summary>
    public static async Task<DeviceScene> Open(ReliefDbContext records, string deviceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var device = await records.Locked<DoorbellDevice>(deviceId).SingleAsync(cancellationToken);
        var links = await records.Set<ResponderLink>().Where(row => row.DeviceId == deviceId && row.Active).OrderBy(row => row.Tier).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var township = await new AreaQueries(records).TownshipOf(device.AreaCode, cancellationToken);
        var hours = await new ParameterQueries(records).Whole("doorbell.heartbeat", device.AreaCode, ChinaTime.DayOf(now), cancellationToken);
        return new DeviceScene(device, links, township, TimeSpan.FromHours(hours));
    }

    /// <summary>Whether it was heard within the time in which it must be.</summary>
    public bool IsAlive(DateTimeOffset now) => Device.HeartbeatAt is { } heard && now - heard < Beat;

    /// <summary>Wakes whoever waits when the device's row has changed.</summary>
    public Bookmark Look() => Bookmark.Event("changed", DeviceBook.Changed(Device.Id));

    /// <summary>Work about this device.</summary>
    public HumanTask Task(string kind, string title, string role, params string[] outcomes) => new()
    {
        Kind = kind,
        Title = title,
        Role = role,
        Unit = role == Staff.ReliefRoles.DutyOfficer ? Township : Device.AreaCode,
        Subject = DeviceBook.Chain(Device.Id),
        Outcomes = [.. outcomes],
        Form = [new FormField("note", "说明", "string", [])],
        Data = FlowJson.Of(new { Device.Place, Device.Serial }),
        Priority = 85
    };

    /// <summary>A message into the township's inbox.</summary>
    public Message TellTownship(string template) => Answer(template, "C", Township);

    /// <summary>A message into a unit's inbox.</summary>
    public Message Answer(string template, string audience, string unit) =>
        Message.Of(new Notice(template, audience, "inbox", "unit:" + unit, FlowJson.Of(new { place = Device.Place, serial = Device.Serial })));

    /// <summary>The device's state from now on.</summary>
    public Task Set(ReliefDbContext records, DeviceStatus status, CancellationToken cancellationToken) =>
        Device.Status == status || IsGone ? System.Threading.Tasks.Task.CompletedTask : records.Replace(Device with { Status = status }, cancellationToken);
}
