using Relief.Flow.Host.Channels;

namespace Relief.Flow.Tests.Channels;

/// <summary>A mapping file that promises what it cannot keep is told at the start.</summary>
public sealed class ChannelMappingTests
{
    private const string Right = """
        {
          "name": "示例", "channel": "example", "number": "no", "user": "who",
          "signature": { "header": "X-S", "prefix": "", "encoding": "hex", "over": "{time}{nonce}{body}", "time": "X-T", "timeIn": "seconds", "nonce": "X-N" },
          "operations": { "status": { "fields": { "language": "lang" }, "answer": "$" } }
        }
        """;

    [Theory]
    [InlineData("{time}{nonce}{body}", "{time}{body}", "{nonce}")]
    [InlineData("\"hex\"", "\"md5\"", "signature.encoding")]
    [InlineData("\"status\"", "\"dance\"", "no operation dance")]
    [InlineData("\"language\"", "\"tongue\"", "no field tongue")]
    [InlineData("\"lang\"", """{ "at": "lang", "table": "tongues" }""", "the table tongues")]
    [InlineData("\"number\": \"no\",", "\"number\": \"\",", "number and signature")]
    [InlineData("{", "", "cannot be read")]
    public void What_is_wrong_with_a_mapping_is_said(string right, string wrong, string says)
    {
        Assert.Equal("示例", ChannelMappings.Read(Right, "right").Name);
        var at = Right.IndexOf(right, StringComparison.Ordinal);
        var refused = Assert.Throws<InvalidOperationException>(() => ChannelMappings.Read(Right[..at] + wrong + Right[(at + right.Length)..], "wrong"));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }
}
