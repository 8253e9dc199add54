// What the timeline needs of others: the marks of Observable Plot that it draws.
export { axisX, axisY, gridY, plot, pointerX, rectY, ruleX, ruleY, tip } from "@observablehq/plot";
