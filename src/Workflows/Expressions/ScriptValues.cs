using System.Buffers;
using System.Text.Json;
using Jint;
using Jint.Native;
using Jint.Native.Array;
using Jint.Native.Date;
using Jint.Native.Function;
using Jint.Runtime;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>Carries values between JSON and the script engine, both ways by copy.</summary>
/// <remarks>Numbers become doubles: an amount beyond 2^53 fen, or with more than 15 digits, must not pass through a script.</remarks>
internal static class ScriptValues
{
    private const int MaxDepth = 64;

    private static readonly JsonElement True = JsonElement.Parse("true"u8);
    private static readonly JsonElement False = JsonElement.Parse("false"u8);
    private static readonly JsonElement Null = JsonElement.Parse("null"u8);

    public static JsValue ToScript(Engine engine, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => JsValue.Undefined,
        JsonValueKind.Null => JsValue.Null,
        JsonValueKind.True => JsValue.True,
        JsonValueKind.False => JsValue.False,
        JsonValueKind.Number => new JsValue(value.GetDouble()),
        JsonValueKind.String => new JsValue(value.GetString()!),
        JsonValueKind.Array => List(engine, value),
        _ => Object(engine, value)
    };

    /// <summary>The value as <c>JSON.stringify</c> would write it, without its replacer. Throws <see cref="ScriptLimitException"/> when it is too deep or too long.</summary>
    public static JsonElement ToJson(JsValue value, ScriptMeter meter)
    {
        if (value.IsUndefined())
            return default;

        if (value.IsNull())
            return Null;

        if (value.IsBoolean())
            return value.AsBoolean() ? True : False;

        return JsonElement.Parse(ToUtf8(value, meter, indented: false).WrittenSpan);
    }

    public static ArrayBufferWriter<byte> ToUtf8(JsValue value, ScriptMeter meter, bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(writer, value, meter);

        return buffer;
    }

    // new Array(3) has three holes; a list of the one number 3 must not become that.
    private static JsValue List(Engine engine, JsonElement value)
    {
        if (value.GetArrayLength() != 1)
            return engine.Array.Construct([.. value.EnumerateArray().Select(item => ToScript(engine, item))]);

        var list = engine.Array.Construct(Arguments.Empty);
        list.Put("0", ToScript(engine, value[0]), false);
        return list;
    }

    private static JsValue Object(Engine engine, JsonElement value)
    {
        var made = engine.Object.Construct(Arguments.Empty);
        foreach (var member in value.EnumerateObject())
            made.FastAddProperty(member.Name, ToScript(engine, member.Value), true, true, true);

        return made;
    }

    private static void Write(Utf8JsonWriter writer, JsValue value, ScriptMeter meter)
    {
        meter.Check();
        meter.CheckText(writer.BytesCommitted + writer.BytesPending);
        if (writer.CurrentDepth > MaxDepth)
            throw new ScriptLimitException($"its value is nested deeper than {MaxDepth} levels, or contains itself.");

        if (value.IsString())
            writer.WriteStringValue(value.AsString());
        else if (value.IsBoolean())
            writer.WriteBooleanValue(value.AsBoolean());
        else if (value.IsNumber())
            WriteNumber(writer, value.AsNumber());
        else if (!value.IsObject())
            writer.WriteNullValue();
        else if (value.AsObject() is DateInstance date)
            writer.WriteStringValue(double.IsNaN(date.PrimitiveValue) ? null : date.ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
        else if (value.AsObject() is ArrayInstance array)
            WriteArray(writer, array, meter);
        else
            WriteObject(writer, value, meter);
    }

    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        if (!double.IsFinite(number))
            writer.WriteNullValue();
        else if (Math.Abs(number) < 9007199254740992 && Math.Truncate(number) == number)
            writer.WriteNumberValue((long)number);
        else
            writer.WriteNumberValue(number);
    }

    private static void WriteArray(Utf8JsonWriter writer, ArrayInstance array, ScriptMeter meter)
    {
        var length = array.Get("length").AsNumber();
        meter.CheckElements(length);
        writer.WriteStartArray();
        for (var index = 0; index < length; index++)
            Write(writer, array.Get(index.ToString(System.Globalization.CultureInfo.InvariantCulture)), meter);

        writer.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter writer, JsValue value, ScriptMeter meter)
    {
        writer.WriteStartObject();
        foreach (var (name, property) in value.AsObject().GetOwnProperties().ToList())
        {
            if (property.Enumerable != true || value.AsObject().Get(name) is not { } member || member.IsUndefined() || member.Is<FunctionInstance>())
                continue;

            writer.WritePropertyName(name);
            Write(writer, member, meter);
        }

        writer.WriteEndObject();
    }
}
