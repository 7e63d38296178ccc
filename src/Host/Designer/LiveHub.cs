using Microsoft.AspNetCore.SignalR;

namespace Relief.Flow.Host.Designer;

/// <summary>Where open viewers listen: each says which instance it shows, and is told when that instance has moved.</summary>
internal sealed class LiveHub(LiveInstances live) : Hub
{
    public Task ObserveInstanceAsync(string instanceId)
    {
        if (DesignerApi.Id(instanceId) is not { } id)
            return Task.CompletedTask;

        live.Watch(Context.ConnectionId, id);
        return Groups.AddToGroupAsync(Context.ConnectionId, GroupOf(id), Context.ConnectionAborted);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        live.Leave(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    public static string GroupOf(Guid instance) => instance.ToString("N");
}
