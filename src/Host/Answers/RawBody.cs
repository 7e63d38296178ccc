namespace Relief.Flow.Host.Answers;

/// <summary>A body taken as it comes, for definitions, files and signed messages, whose bytes are kept.</summary>
internal static class RawBody
{
    /// <summary>The whole body.</summary>
    /// <exception cref="BadHttpRequestException">It is larger than this installation accepts (413).</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }

    /// <summary>The body of a sender who is not known yet; nothing when it is longer than <paramref name="most"/> bytes, of which no more is taken in then.</summary>
    public static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
            return ReadOnlyMemory<byte>.Empty;
        var body = new byte[(request.ContentLength ?? most) + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        return length > most ? ReadOnlyMemory<byte>.Empty : body.AsMemory(0, length);
    }
}
