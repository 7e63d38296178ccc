namespace Relief.Flow.Host.Channels;

/// <summary>What the channels are made of.</summary>
internal static class ChannelParts
{
    public static void AddChannels(this IServiceCollection services)
    {
        services.AddSingleton<ChannelMappings>();
        services.AddSingleton<SignedMessages>();
        services.AddSingleton<ChannelDesk>();
        services.AddSingleton<ChannelDoor>();
        services.AddSingleton<ChannelNews>();
        services.AddHostedService(provider => provider.GetRequiredService<ChannelNews>());
    }
}
