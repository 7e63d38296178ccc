namespace Relief.Flow.Workflows;

/// <summary>Where an outside system is and how it knows us. Only the configuration holds it: neither a message nor a record does.</summary>
public sealed class AdapterAddress
{
    /// <summary>Where its calls begin; null when it has no address here.</summary>
    public Uri? Url { get; set; }

    /// <summary>Where it is asked how something stands, when that is elsewhere.</summary>
    public Uri? StatusUrl { get; set; }

    /// <summary>Where it is asked; null when nobody can be asked.</summary>
    public Uri? StatusOf => StatusUrl ?? Url;

    /// <summary>Sent as <c>Authorization: Bearer</c>.</summary>
    public string? Token { get; set; }

    /// <summary>Shared with it: what we send is signed with it, and so is what it calls back with.</summary>
    public string? Secret { get; set; }

    /// <summary>The whole address of one of its paths, or of a query that begins with a question mark.</summary>
    public static string Join(Uri url, string path) =>
        path.Length == 0 ? url.ToString() : path[0] == '?' ? url.ToString().TrimEnd('/') + path : url.ToString().TrimEnd('/') + "/" + path;
}
