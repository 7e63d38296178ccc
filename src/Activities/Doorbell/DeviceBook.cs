using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Keeps the devices, who is rung for them, and what was heard of them (INV-21).</summary>
public sealed class DeviceBook(ReliefDbContext context, PersonalDataKey key)
{
    /// <summary>The audit chain of a device.</summary>
    public static string Chain(string deviceId) => "doorbell:" + deviceId;

    /// <summary>The event that tells the procedures of a device to look again.</summary>
    public static string Changed(string deviceId) => "device:" + deviceId;

    /// <summary>A device by its id or its serial; none when it is unknown.</summary>
    public Task<DoorbellDevice?> Find(string idOrSerial, CancellationToken cancellationToken) =>
        context.Set<DoorbellDevice>().FirstOrDefaultAsync(row => row.Serial == idOrSerial || row.Id == idOrSerial, cancellationToken);

    /// <summary>What a device signs with: its own secret, or that of the gateway which speaks for it; none when it has neither.</summary>
    public async Task<string?> SecretOf(DoorbellDevice device, string? gatewayId, CancellationToken cancellationToken)
    {
        if (gatewayId is null)
            return device.SecretSealed is { } own ? key.Open(own) : null;
        if (device.GatewayId != gatewayId)
            return null;
        return await context.Set<DoorbellGateway>().FirstOrDefaultAsync(row => row.Id == gatewayId && row.Active, cancellationToken) is { } gateway ? key.Open(gateway.SecretSealed) : null;
    }

    /// <summary>Takes a device into stock; a serial that is known gives the device as it is.</summary>
    public async Task<DoorbellDevice> Register(DeviceEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("doorbell:" + entry.Serial, cancellationToken);
        if (await context.Set<DoorbellDevice>().FirstOrDefaultAsync(row => row.Serial == entry.Serial, cancellationToken) is { } known)
            return known;
        var device = new DoorbellDevice
        {
            Id = deed.NewId(), CountyCode = entry.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, Serial = entry.Serial, AreaCode = entry.AreaCode, Place = entry.Place,
            PersonId = entry.PersonId, HouseholdId = entry.HouseholdId, GatewayId = entry.GatewayId, ChildAlone = entry.ChildAlone, Language = entry.Language,
            Status = DeviceStatus.Stock, SecretSealed = Sealed(entry.Secret), MedicalNoteSealed = Sealed(entry.MedicalNote), AccessNoteSealed = Sealed(entry.AccessNote),
            Profile = JsonSerializer.Serialize(entry.Profile)
        };
        await context.Insert(device, cancellationToken);
        await context.Audit(Chain(device.Id), new AuditDetail("DeviceRegistered", new { device.Serial }), deed, cancellationToken);
        return device;
    }

    /// <summary>Names a gateway and what it signs with.</summary>
    public async Task<DoorbellGateway> AddGateway(string id, string name, string secret, Deed deed, CancellationToken cancellationToken)
    {
        var gateway = new DoorbellGateway { Id = id, CountyCode = "*", CreatedAt = deed.At, CreatedBy = deed.By, Name = name, SecretSealed = key.SealText(secret), Active = true };
        if (await context.Set<DoorbellGateway>().AnyAsync(row => row.Id == id, cancellationToken))
            await context.Replace(gateway, cancellationToken);
        else
            await context.Insert(gateway, cancellationToken);
        return gateway;
    }

    /// <summary>Somebody is rung for a device from now on.</summary>
    public async Task<ResponderLink> Link(ResponderLink link, Deed deed, CancellationToken cancellationToken)
    {
        var made = link with { Id = deed.NewId(), CreatedAt = deed.At, CreatedBy = deed.By };
        await context.Insert(made, cancellationToken);
        await context.Audit(Chain(link.DeviceId), new AuditDetail("ResponderLinked", new { linkId = made.Id, made.Tier }), deed, cancellationToken);
        return made;
    }

    /// <summary>Changes a responder: hours, away, no longer helping. The last one of a device that counts stays.</summary>
    /// <returns>False when there is none, or it is the last.</returns>
    public async Task<bool> Relink(string linkId, Func<ResponderLink, ResponderLink> change, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Set<ResponderLink>().FirstOrDefaultAsync(row => row.Id == linkId, cancellationToken) is not { } link)
            return false;
        await context.Lock<DoorbellDevice>(link.DeviceId, cancellationToken);
        var changed = change(link);
        if (!changed.Active && link.Active && await IsLast(link, cancellationToken))
            return false;
        await context.Replace(changed, cancellationToken);
        await context.Audit(Chain(link.DeviceId), new AuditDetail("ResponderChanged", new { linkId, changed.Active }), deed, cancellationToken);
        return true;
    }

    /// <summary>Changes a device and says so in its chain; none when there is none.</summary>
    public async Task<DoorbellDevice?> Change(string deviceId, Func<DoorbellDevice, DoorbellDevice> change, AuditDetail detail, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Locked<DoorbellDevice>(deviceId).SingleOrDefaultAsync(cancellationToken) is not { } device)
            return null;
        var changed = change(device);
        await context.Replace(changed, cancellationToken);
        await context.Audit(Chain(deviceId), detail, deed, cancellationToken);
        return changed;
    }

    /// <summary>The notes that the acceptor may read; each view stands in the alert's chain.</summary>
    public async Task<CareNotes> Notes(DoorbellDevice device, Alert alert, string linkId, Deed deed, CancellationToken cancellationToken)
    {
        await context.Audit(AlertBook.Chain(alert.Id), new AuditDetail("MedicalNoteViewed", new { linkId }), deed, cancellationToken);
        return new CareNotes(device.MedicalNoteSealed is { } note ? key.Open(note) : null, device.AccessNoteSealed is { } access ? key.Open(access) : null);
    }

    private async Task<bool> IsLast(ResponderLink link, CancellationToken cancellationToken) =>
        await context.Set<DoorbellDevice>().AnyAsync(row => row.Id == link.DeviceId && row.Status == DeviceStatus.Commissioned, cancellationToken)
        && !await context.Set<ResponderLink>().AnyAsync(row => row.DeviceId == link.DeviceId && row.Id != link.Id && row.Active, cancellationToken);

    private string? Sealed(string? text) => string.IsNullOrEmpty(text) ? null : key.SealText(text);
}

/// <summary>What only the acceptor reads.</summary>
public sealed record CareNotes(string? Medical, string? Access);
