import '@angular/compiler';
import { Component, provideZonelessChangeDetection } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { bootstrapApplication } from '@angular/platform-browser';
import { MatAutocompleteModule } from '@angular/material/autocomplete';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import { MatCheckboxModule } from '@angular/material/checkbox';
import { MatChipsModule } from '@angular/material/chips';
import { provideNativeDateAdapter } from '@angular/material/core';
import { MatDatepickerModule } from '@angular/material/datepicker';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatRadioModule } from '@angular/material/radio';
import { MatSelectModule } from '@angular/material/select';
import { MatSlideToggleModule } from '@angular/material/slide-toggle';
import { MatSliderModule } from '@angular/material/slider';
import '../node_modules/@angular/material/prebuilt-themes/azure-blue.css';
import { posts, root } from './form.js';

const template = `
<mat-form-field><mat-label>Name</mat-label><input matInput name="name" [(ngModel)]="held.name"></mat-form-field>
<mat-form-field><mat-label>Message</mat-label><textarea matInput name="message" [(ngModel)]="held.message"></textarea></mat-form-field>
<mat-form-field><mat-label>Reason</mat-label><mat-select [(ngModel)]="held.reason">
  @for (each of options; track each) { <mat-option [value]="each">{{ each }}</mat-option> }</mat-select></mat-form-field>
<mat-form-field><mat-label>Reasons</mat-label><mat-select multiple [(ngModel)]="held.reasons">
  @for (each of options; track each) { <mat-option [value]="each">{{ each }}</mat-option> }</mat-select></mat-form-field>
<mat-form-field><mat-label>Found reason</mat-label><input matInput [matAutocomplete]="auto" [(ngModel)]="held.found">
  <mat-autocomplete #auto="matAutocomplete">@for (each of fitting(); track each) { <mat-option [value]="each">{{ each }}</mat-option> }
  </mat-autocomplete></mat-form-field>
<p id="reply">Reply by</p><mat-radio-group aria-labelledby="reply" [(ngModel)]="held.reply">
  <mat-radio-button value="email">Email</mat-radio-button><mat-radio-button value="phone">Phone</mat-radio-button></mat-radio-group>
<mat-checkbox [(ngModel)]="held.terms">I agree</mat-checkbox>
<mat-slide-toggle [(ngModel)]="held.news">News</mat-slide-toggle>
<mat-slider step="5"><input matSliderThumb aria-label="Volume" [(ngModel)]="held.volume"></mat-slider>
<mat-form-field><mat-label>Mailed on</mat-label><input matInput [matDatepicker]="picker" [(ngModel)]="held.day">
  <mat-datepicker-toggle matIconSuffix [for]="picker" /><mat-datepicker #picker /></mat-form-field>
<mat-button-toggle-group aria-label="Size" [(ngModel)]="held.size">
  <mat-button-toggle value="small">Small</mat-button-toggle><mat-button-toggle value="large">Large</mat-button-toggle></mat-button-toggle-group>
<mat-chip-listbox aria-label="Colour" [(ngModel)]="held.colour">
  <mat-chip-option value="red">Red</mat-chip-option><mat-chip-option value="blue">Blue</mat-chip-option></mat-chip-listbox>`;
@Component({
  selector: '#root', template,
  host: { ngNoForm: '' },
  imports: [FormsModule, MatAutocompleteModule, MatButtonToggleModule, MatCheckboxModule, MatChipsModule, MatDatepickerModule,
    MatFormFieldModule, MatInputModule, MatRadioModule, MatSelectModule, MatSlideToggleModule, MatSliderModule],
})
class Page {
  held: Record<string, any> = { volume: 50, reasons: [] };
  options = ['Late', 'Lost', 'Lost and found', 'Wet'];
  fitting = () => this.options.filter((each) => each.includes(this.held.found ?? ''));
  constructor() {
    for (const name of ['reason', 'reasons', 'found', 'reply', 'terms', 'news', 'volume', 'size', 'colour']) {
      posts(name, () => String(this.held[name] ?? ''));
    }
    posts('day', () => (this.held.day ? this.held.day.toLocaleDateString('en-CA') : ''));
  }
}
bootstrapApplication(Page, { providers: [provideNativeDateAdapter(), provideZonelessChangeDetection()] });
