// Elsa Studio speaks English only. This module puts Chinese over its own texts, from studio.zh.json, and takes it off again.
//
// prepare()  before Blazor is loaded: tells it the language.
// prepareEditor()  after BlazorMonaco's jsInterop.js and before its loader.js, which takes window.require as its configuration.
// start()    reads the dictionary and translates the document, now and whenever it changes; does nothing in English.
// stop()     shows the originals again.
// choose(l)  keeps the language ("zh" or "en") in a cookie and loads the page anew, because the server's texts change with it.
//
// Only whole texts of the dictionary are replaced, and never what people wrote: fields, code, drawn activities, the cells that hold
// names and ids (there, only the words for a state), and whatever stands under translate="no" or data-no-overlay.

const cookie = "relief-language";
const attributes = ["title", "placeholder", "aria-label", "alt", "value"];
const closed = "script, style, noscript, pre, code, .monaco-editor, .monaco-aria-container, .context-view, [contenteditable]:not([contenteditable='false']), [translate='no'], [data-no-overlay]";
const writtenCells = "td[data-label]:not([data-label='Status'], [data-label='SubStatus']), .hover-row > td:not(:first-child), .mud-simple-table tr:not(.hover-row) > td";
const writtenLabels = ["State", "Output", "Outputs", "Inputs", "Variables", "Sub-Workflow Inputs", "Sub-Workflow Outputs"]; // tables whose first column people named
const identifiers = ["Input Properties", "Output Properties"]; // headings whose fields are labelled with technical names
const named = ".mud-timeline-item-content > .mud-typography-body2, .mud-dynamic-tabs .mud-tab, .mud-select .mud-input-slot, .mud-popover .mud-list-item, .mud-select-extended .mud-input-slot, .mud-select-input-extended, .mud-list-item-extended, .x6-cell, [class*='state-machine-outline'], [class*='state-machine-'] option"; // what people named stands among the designer's own words
const latin = /[A-Za-z]{2}/;
const han = /[\u4e00-\u9fff]/;
const technical = /^(\S*[\d._/:@\\{}<>]\S*|[A-Z]{3,7})$/;

const texts = new Map();
let states = {};
let scoped = {};
let patterns = [];
let found = new Map();
const sheet = new CSSStyleSheet(); // Chinese breaks between any two letters, so a narrow first column would become a letter wide
sheet.replaceSync(".hover-row > td:first-child { white-space: nowrap; }");
const shownTexts = new WeakMap();
const shownAttributes = new WeakMap();
const missing = new Set();
const waiting = new Set();
let frame = 0;
let observer = null;

export function language() {
    return new RegExp(`(?:^|;\\s*)${cookie}=en(?:;|$)`).test(document.cookie) ? "en" : "zh";
}

export function prepare() {
    localStorage.setItem("BlazorCulture", language() === "zh" ? "zh-Hans" : "en-US");
}

export function prepareEditor() {
    if (language() === "zh" && typeof window.require === "object")
        window.require["vs/nls"] = { availableLanguages: { "*": "zh-cn" } };
}

export function choose(chosen) {
    document.cookie = `${cookie}=${chosen === "en" ? "en" : "zh"}; path=/; max-age=31536000; samesite=lax`;
    location.reload();
}

export async function start(dictionary = new URL("studio.zh.json", import.meta.url)) {
    if (language() !== "zh" || observer)
        return;

    const read = await (await fetch(dictionary)).json();
    for (const [english, chinese] of Object.entries(read.texts))
        texts.set(english, chinese);
    states = read.states;
    scoped = read.scoped;
    patterns = read.patterns.map(([english, chinese, within]) => ({ match: compile(english), chinese, within }));

    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    observer = new MutationObserver(changed);
    observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes });
    translateTree(document.documentElement);
}

export function stop() {
    observer?.disconnect();
    observer = null;
    cancelAnimationFrame(frame);
    frame = 0;
    waiting.clear();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(used => used !== sheet);
    walk(document.documentElement, restoreText, restoreAttributes);
}

// For the browser tests: what was seen in English, before or now, and is not in the dictionary.
window.reliefOverlay = {
    language, choose, start, stop,
    get missing() {
        walk(document.documentElement, translateText, translateAttributes);
        return missing;
    }
};

function changed(records) {
    for (const record of records) {
        if (record.type === "childList")
            record.addedNodes.forEach(node => waiting.add(node));
        else
            waiting.add(record.target);
    }
    if (waiting.size > 0 && frame === 0)
        frame = requestAnimationFrame(flush);
}

function flush() {
    frame = 0;
    const nodes = [...waiting];
    waiting.clear();
    for (const node of nodes) {
        if (node.isConnected)
            translateTree(node);
    }
}

function translateTree(node) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (!element || element.closest(closed) || isClosedActivity(element))
        return;
    if (node.nodeType === Node.TEXT_NODE)
        translateText(node);
    else
        walk(node, translateText, translateAttributes);
}

// Every text and element at and under a root, except what is closed.
function walk(root, onText, onElement) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node =>
        node.nodeType === Node.ELEMENT_NODE && (node.matches(closed) || isClosedActivity(node)) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
        if (node.nodeType === Node.TEXT_NODE)
            onText(node);
        else if (node.nodeType === Node.ELEMENT_NODE)
            onElement(node);
    }
}

function translateText(node) {
    const kept = shownTexts.get(node);
    if (kept && kept.chinese === node.data)
        return; // our own writing, seen again

    const english = node.data;
    const element = node.parentElement;
    if (!latin.test(english) || !element || element.localName === "textarea")
        return;

    const written = isWritten(element) || isDrawn(element);
    const chinese = written ? states[plain(english)] ?? null : translated(plain(english), element);
    if (written && chinese === null)
        return;
    if (chinese === null) {
        note(plain(english), element);
        return;
    }

    const padded = english.replace(english.trim(), () => chinese);
    shownTexts.set(node, { english, chinese: padded });
    if (padded !== english)
        node.data = padded;
}

function translateAttributes(element) {
    for (const name of attributes) {
        const english = element.getAttribute(name);
        if (!english || !latin.test(english) || (name === "value" && !isButton(element)))
            continue;

        const kept = shownAttributes.get(element) ?? {};
        if (kept[name]?.chinese === english || isWritten(element))
            continue;

        const chinese = translated(plain(english), element);
        if (chinese === null) {
            note(plain(english), element);
            continue;
        }

        kept[name] = { english, chinese };
        shownAttributes.set(element, kept);
        if (chinese !== english)
            element.setAttribute(name, chinese);
    }
}

function restoreText(node) {
    const kept = shownTexts.get(node);
    shownTexts.delete(node);
    if (kept && kept.chinese === node.data)
        node.data = kept.english;
}

function restoreAttributes(element) {
    for (const [name, kept] of Object.entries(shownAttributes.get(element) ?? {})) {
        if (element.getAttribute(name) === kept.chinese)
            element.setAttribute(name, kept.english);
    }
    shownAttributes.delete(element);
}

// A cell holds what people or the server wrote; the buttons in it are the designer's.
function isWritten(element) {
    const cell = element.closest("td, button, label, legend");
    if (cell?.matches("label, legend"))
        return identifiers.includes(original(cell.closest(".d-flex.flex-column.gap-3")?.parentElement?.querySelector(":scope > .mud-typography-overline")));
    return cell !== null && (cell.matches(writtenCells) || (cell.matches(".hover-row > td") && writtenLabels.includes(original(cell.closest(".mud-table").previousElementSibling))));
}

// What a drawn activity says is people's, but for the ports inside of it. Asked in steps: one selector with ":has" would search the whole page for each element.
function isClosedActivity(element) {
    return element.closest(".elsa-activity") !== null && !element.matches(".elsa-activity") && element.closest(".embedded-port") === null && element.querySelector(".embedded-port") === null;
}

// On the canvas only the ports are the designer's, at an activity's edge and inside of it.
function isDrawn(element) {
    return element.closest(".x6-cell") !== null && element.closest(".x6-port-label, .embedded-port") === null;
}

// What a heading says in English.
function original(element) {
    const node = element?.firstChild;
    return node ? shownTexts.get(node)?.english ?? node.data : "";
}

// X6 writes its labels with spaces that do not break.
function plain(text) {
    return text.trim().replace(/\s+/g, " ");
}

function isButton(element) {
    return element.localName === "input" && ["button", "submit", "reset"].includes(element.type);
}

// The Chinese of a whole text; null when it is not known.
function translated(english, element) {
    const exact = scoped[english]?.find(([within]) => element.closest(within))?.[1] ?? texts.get(english);
    if (exact !== undefined)
        return exact;

    if (!found.has(english)) {
        if (found.size > 2000)
            found = new Map(); // texts with ids in them must not pile up
        found.set(english, patterns.find(pattern => pattern.match.test(english)));
    }
    const pattern = found.get(english);
    if (!pattern || (pattern.within && !element.closest(pattern.within)))
        return null;

    const values = pattern.match.exec(english).slice(1);
    return pattern.chinese.replace(/\{[#\d]\}/g, () => {
        const value = values.shift();
        return texts.get(value) ?? value;
    });
}

// "{0}" stands for any words, "{#}" for a number; they come in the same order in both languages.
function compile(english) {
    const parts = english.split(/(\{[#\d]\})/).map(part =>
        part === "{#}" ? "([\\d.,]+)" : /^\{\d\}$/.test(part) ? "(.+?)" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join("")}$`);
}

function note(english, element) {
    if (!element.closest(named) && !han.test(english) && !technical.test(english) && element.checkVisibility())
        missing.add(english);
}
