namespace Relief.Flow.Host.Answers;

/// <summary>A body taken as it comes, for definitions, whose bytes are kept.</summary>
internal static class RawBody
{
    /// <exception cref="BadHttpRequestException">It is larger than this installation accepts (413).</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }
}
