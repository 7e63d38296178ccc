using System.Text.Json;
using System.Text.Json.Nodes;
using Relief.Flow.Activities.Channels;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Channels;

/// <summary>A message of a channel that was let in, read by its mapping.</summary>
/// <param name="Operation">What it wants, as the address says.</param>
/// <param name="Contract">What it says, as the contract has it.</param>
/// <param name="Number">The channel's own number of the matter.</param>
/// <param name="User">The channel's own reference of its user; a dash when it names none.</param>
internal sealed record ChannelMessage(Channel Channel, ChannelMapping Mapping, string Operation, JsonObject Contract, string Number, string User)
{
    /// <summary>For a channel that names no user.</summary>
    public const string NoUser = "-";

    /// <summary>The ID number that the user's real-name token says; null without one.</summary>
    public string? IdNumber { get; init; }

    /// <summary>Who does what the channel sends.</summary>
    public string By => ChannelBook.DoerOf(Channel.Id);

    /// <summary>The key of a repeat: the channel's own number.</summary>
    public string Key => $"channel:{Channel.Id}:{Number}";

    /// <summary>The contract as what it is about; every field that does not fit is told.</summary>
    public T? To<T>(Fields fields) where T : class
    {
        try
        {
            return Contract.Deserialize<T>(ApiJson.Options);
        }
        catch (JsonException wrong)
        {
            fields.Add(wrong.Path is ['$', '.', .. var path] ? path : Operation, "This is not what the contract knows; see the mapping's code tables.");
            return null;
        }
    }
}
