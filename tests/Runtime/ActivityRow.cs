namespace Relief.Flow.Tests.Runtime;

/// <summary>What is to be shown of one activity type. JSON is written with single quotes.</summary>
/// <param name="Type">The type that the row covers; drawn as <c>x</c> or inside it.</param>
/// <param name="Drawn">The members of the activity <c>x</c>, its type among them.</param>
/// <param name="Ports">All ports of the activity of that type.</param>
/// <param name="Tale">What it and what follows it leave behind, whether or not the process died meanwhile.</param>
public sealed record ActivityRow(string Type, string Drawn, string[] Ports, params string[] Tale)
{
    /// <summary>What happens after the start, in turn: <c>event …</c>, <c>hours …</c>, <c>task …</c>.</summary>
    public string[] Then { get; init; } = [];

    /// <summary>Members that replace those drawn and cannot work; null where nothing can be wrong.</summary>
    public string? Bad { get; init; }

    /// <summary>The code of the refusal or of the incident that those give.</summary>
    public string? Code { get; init; }

    public override string ToString() => Type;
}
