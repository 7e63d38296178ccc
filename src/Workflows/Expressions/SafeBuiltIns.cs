using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Native.RegExp;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>Replaces the built-in functions that could run, allocate or recurse without the meter seeing it.</summary>
/// <remarks>
/// Native loops go as far as a <c>length</c> that the script makes up; joining and JSON recurse as deep as the script nests; a regular
/// expression has no time limit of its own; <c>eval</c>, <c>Function</c> and <c>bind</c> make code that the rewriter has not seen.
/// </remarks>
internal sealed class SafeBuiltIns(Engine engine, ScriptMeter meter)
{
    private static readonly string[] ListFunctions =
    [
        "concat", "pop", "push", "reverse", "shift", "slice", "sort", "splice", "unshift", "indexOf", "lastIndexOf",
        "every", "some", "forEach", "map", "filter", "reduce", "reduceRight"
    ];

    private int joinDepth;

    public void Install()
    {
        Remove(engine.Global, "eval", "Function", "escape", "unescape");
        Remove(engine.Function.PrototypeObject, "constructor", "bind");
        Remove(engine.Object, "create");
        Lists();
        Texts();
        Json();
        Set(engine.Math, "random", (_, _) => throw new ScriptLimitException("chance is not available: the same step must give the same value again."));
    }

    private void Lists()
    {
        var prototype = engine.Array.PrototypeObject;
        foreach (var name in ListFunctions)
            Wrap(prototype, name, (self, arguments) => CheckList(self));

        Wrap(engine.Function.PrototypeObject, "apply", (_, arguments) => CheckList(arguments.ElementAtOrDefault(1)));
        Set(prototype, "join", (self, arguments) => Join(self, arguments is [{ } separator, ..] && !separator.IsUndefined() ? TypeConverter.ToString(separator) : ","));
        Set(prototype, "toString", (self, _) => Join(self, ","));
        Set(prototype, "toLocaleString", (self, _) => Join(self, ","));
    }

    // A length that is a getter could answer otherwise the second time.
    private void CheckList(JsValue? list)
    {
        meter.Check();
        if (list is null || !list.IsObject())
            return;

        var length = list.AsObject().GetOwnProperty("length");
        if (length?.Value is not { } value || !value.IsNumber())
            throw new ScriptLimitException("a function for lists was called on something that is no list.");

        meter.CheckElements(value.AsNumber());
    }

    private JsValue Join(JsValue self, string separator)
    {
        CheckList(self);
        if (!self.IsObject())
            return "";

        if (++joinDepth > 32)
            throw new ScriptLimitException("it joins lists within lists too deeply.");

        var list = self.AsObject();
        var length = (int)list.Get("length").AsNumber();
        var joined = new StringBuilder();
        for (var index = 0; index < length; index++)
        {
            var item = list.Get(index.ToString(System.Globalization.CultureInfo.InvariantCulture));
            joined.Append(index == 0 ? "" : separator).Append(item.IsNull() || item.IsUndefined() ? "" : TypeConverter.ToString(item));
            meter.CheckText(joined.Length);
            meter.Check();
        }

        joinDepth--;
        return joined.ToString();
    }

    private void Texts()
    {
        var texts = engine.String.PrototypeObject;
        Wrap(texts, "concat", (self, arguments) => meter.CheckText(arguments.Append(self).Sum(part => part.IsString() ? (long)part.AsString().Length : 32)));
        Wrap(texts, "split", (self, arguments) => Limit(arguments.ElementAtOrDefault(0)));
        Wrap(texts, "replace", CheckReplace);
        foreach (var name in new[] { "match", "search" })
            Wrap(texts, name, (self, arguments) => PatternFirst(arguments));

        foreach (var name in new[] { "exec", "test" })
            Wrap(engine.RegExp.PrototypeObject, name, (self, _) => Limit(self));
    }

    // match and search make a regular expression of a text without telling anyone.
    private void PatternFirst(JsValue[] arguments)
    {
        if (arguments is [{ } pattern, ..] && !pattern.IsObject())
            arguments[0] = engine.RegExp.Construct([new JsValue(TypeConverter.ToString(pattern))]);

        Limit(arguments.ElementAtOrDefault(0));
    }

    private void Limit(JsValue? pattern)
    {
        meter.Check();
        if (pattern is not null && pattern.IsObject() && pattern.AsObject() is RegExpInstance { Value: { } regex } instance && regex.MatchTimeout == Regex.InfiniteMatchTimeout)
            instance.Value = new Regex(regex.ToString(), regex.Options, meter.Limits.RegexTimeout);
    }

    private void CheckReplace(JsValue self, JsValue[] arguments)
    {
        Limit(arguments.ElementAtOrDefault(0));
        if (arguments.Length < 2)
            return;

        if (arguments[1].TryCast<ICallable>() is { } callback)
        {
            var made = 0L;
            arguments[1] = new JsValue(new ClrFunctionInstance(engine, (of, found) =>
            {
                var part = TypeConverter.ToString(callback.Call(of, found));
                meter.Check();
                meter.CheckText(made += part.Length);
                return part;
            }));
            return;
        }

        // Each match may be replaced by the whole of the replacement, and each $ in it stands for as much as the whole text.
        var (text, replacement) = (TypeConverter.ToString(self), TypeConverter.ToString(arguments[1]));
        arguments[1] = replacement;
        var everyMatch = arguments[0].IsObject() ? text.Length + 1L : 1L;
        var grown = replacement.Length + (replacement.AsSpan().IndexOfAny("`'") >= 0 ? (long)text.Length * replacement.AsSpan().Count('$') : 0);
        meter.CheckText(text.Length + (everyMatch * grown / 16));
    }

    private void Json()
    {
        var json = engine.Json;
        Set(json, "parse", (_, arguments) => Parse(arguments is [{ } text, ..] ? TypeConverter.ToString(text) : ""));
        Set(json, "stringify", (_, arguments) =>
        {
            if (arguments.Length == 0 || arguments[0].IsUndefined())
                return JsValue.Undefined;

            var indented = arguments.Length > 2 && !arguments[2].IsNull() && !arguments[2].IsUndefined();
            return new JsValue(Encoding.UTF8.GetString(ScriptValues.ToUtf8(arguments[0], meter, indented).WrittenSpan));
        });
    }

    private JsValue Parse(string text)
    {
        try
        {
            return ScriptValues.ToScript(engine, JsonElement.Parse(text));
        }
        catch (JsonException malformed)
        {
            throw new JavaScriptException(engine.SyntaxError, malformed.Message);
        }
    }

    private void Wrap(ObjectInstance owner, string name, Action<JsValue, JsValue[]> before)
    {
        if (owner.Get(name).TryCast<ICallable>() is not { } original)
            return;

        Set(owner, name, (self, arguments) =>
        {
            before(self, arguments);
            var value = original.Call(self, arguments);
            meter.Check();
            return value;
        });
    }

    private void Set(ObjectInstance owner, string name, Func<JsValue, JsValue[], JsValue> function) =>
        owner.FastSetProperty(name, new Jint.Runtime.Descriptors.PropertyDescriptor(new JsValue(new ClrFunctionInstance(engine, function)), true, false, true));

    private static void Remove(ObjectInstance owner, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            owner.RemoveOwnProperty(name);
    }
}
