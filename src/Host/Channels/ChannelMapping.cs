using System.Text.Json;

namespace Relief.Flow.Host.Channels;

/// <summary>How an outside system speaks: one file per system. What is wanted of it stands in the intake contract; a mapping says only where that is in its messages.</summary>
/// <param name="Name">The system's Chinese name.</param>
/// <param name="Channel">What applications, requests and tickets say they came by.</param>
/// <param name="Number">Where its own number of a matter is.</param>
/// <param name="User">Where its own reference of its user is; null when it names none.</param>
internal sealed record ChannelMapping(string Name, string Channel, SignatureScheme Signature, string Number, string? User)
{
    /// <summary>The signed real-name token that says who its user is; null when it sends none.</summary>
    public IdentityToken? Identity { get; init; }

    /// <summary>Its codes and what they are called here, by table.</summary>
    public Dictionary<string, Dictionary<string, string>> Tables { get; init; } = [];

    /// <summary>What it offers its users, by the last word of the address.</summary>
    public Dictionary<string, MappedOperation> Operations { get; init; } = [];
}

/// <summary>How a system signs: HMAC-SHA256 with its secret.</summary>
/// <param name="Header">The header with the signature.</param>
/// <param name="Prefix">What stands before it there.</param>
/// <param name="Encoding"><c>hex</c> or <c>base64</c>.</param>
/// <param name="Over">What is signed: text with <c>{operation}</c>, <c>{time}</c>, <c>{nonce}</c> and <c>{body}</c>.</param>
/// <param name="Time">The header with the time of sending.</param>
/// <param name="TimeIn"><c>seconds</c> or <c>milliseconds</c> since 1970.</param>
/// <param name="Nonce">The header with the nonce.</param>
internal sealed record SignatureScheme(string Header, string Prefix, string Encoding, string Over, string Time, string TimeIn, string Nonce);

/// <summary>A real-name token: a JSON web token, HS256, signed with the channel's secret.</summary>
/// <param name="At">Where it is in the body. Its claims are read as if they were the member <c>identity</c> of the body.</param>
/// <param name="IdNumber">The claim with the ID number of the user.</param>
internal sealed record IdentityToken(string At, string IdNumber);

/// <summary>One thing that a system offers.</summary>
/// <param name="Fields">By field of the contract: where it is.</param>
/// <param name="Answer">How the answer looks: JSON in which a text such as <c>$number</c> stands for a member of our answer.</param>
internal sealed record MappedOperation(Dictionary<string, JsonElement> Fields, JsonElement Answer);
